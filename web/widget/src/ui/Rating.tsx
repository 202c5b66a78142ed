// Stars after the end: radio buttons underneath, so that arrow keys and screen readers work by themselves.

import { Component } from "preact";
import type { Desk } from "../desk";
import { fill } from "../texts";
import { Icon } from "./icons";

export class Rating extends Component<{ desk: Desk }, { stars?: number }> {
  render() {
    const { desk } = this.props;
    const { t } = desk;
    const { stars = 0 } = this.state;
    const rated = desk.state.conversation?.rated;
    if (rated) {
      return (
        <p class="note" role="status">
          {fill(t.rated, { n: rated })}
        </p>
      );
    }
    return (
      <form
        class="box rating"
        onSubmit={(event) => {
          event.preventDefault();
          desk.rate(stars, String(new FormData(event.currentTarget).get("comment")).trim());
        }}
      >
        <fieldset>
          <legend>{t.rate}</legend>
          {[1, 2, 3, 4, 5].map((n) => (
            <label class={n <= stars ? "star full" : "star"}>
              <input
                type="radio"
                name="stars"
                aria-label={fill(t.star, { n })}
                onChange={() => this.setState({ stars: n })}
              />
              <Icon name="star" size={28} />
            </label>
          ))}
        </fieldset>
        {stars > 0 && (
          <textarea name="comment" rows={2} maxLength={500} aria-label={t.comment} placeholder={t.comment} />
        )}
        {stars > 0 && (
          <button type="submit" class="primary" aria-disabled={desk.state.busy}>
            {t.submit}
          </button>
        )}
      </form>
    );
  }
}
