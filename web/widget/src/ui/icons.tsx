// Line icons on a 24 grid. Decorative: the control that holds one carries the words.

const PATHS = {
  chat: "M4 5h16v11H9l-5 4V5Zm4 4h8M8 12h5",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9l6 6 6-6",
  send: "M5 12 4 4l17 8-17 8 1-8Zm0 0h8",
  clip: "M8 12.5 14.5 6a3 3 0 0 1 4.3 4.3L10 19a5 5 0 0 1-7-7l8-8",
  bot: "M12 4v3M6 7h12v11H6zM3 11v3m18-3v3M9.5 11.5v1.5m5-1.5v1.5M10 15.5h4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.6-3.5 3.4-5 7-5s6.4 1.5 7 5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  star: "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zm0 0 8 4 8-4m-8 4v8",
};

export function Icon({ name, size = 20 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" class="i">
      <path d={PATHS[name]} />
    </svg>
  );
}
