// Hills in the mist behind the opening words: drawn, so that nothing is fetched.

export function Ridge() {
  return (
    <svg class="ridge" viewBox="0 0 1440 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <circle class="sun" cx="1110" cy="120" r="52" />
      <path
        class="far"
        d="M0 270 120 214l110 46 150-104 120 84 130-62 160 96 140-120 150 92 120-58 140 74 100-52v240H0z"
      />
      <path
        class="middle"
        d="M0 322 150 262l130 52 170-88 150 92 170-66 180 72 160-84 150 70 180-48v200H0z"
      />
      <path class="near" d="M0 372 210 322l190 46 220-58 230 56 220-48 200 44 170-30v118H0z" />
    </svg>
  );
}
