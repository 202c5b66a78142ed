// Stars after the end: radio buttons underneath, so that arrow keys and screen readers work by themselves.

import { Component } from "preact";
import type { Desk } from "../desk";
import { Star } from "./icons";

export class Rating extends Component<{ desk: Desk }, { stars: number; comment: string }> {
  state = { stars: 0, comment: "" };

  render() {
    const { desk } = this.props;
    const { say } = desk;
    const { stars, comment } = this.state;
    const rated = desk.state.conversation?.rated;
    if (rated) {
      return (
        <p class="note" role="status">
          {say("rated", { n: rated })}
        </p>
      );
    }
    return (
      <form
        class="box rating"
        onSubmit={(event) => {
          event.preventDefault();
          if (stars) desk.rate(stars, comment.trim());
        }}
      >
        <fieldset>
          <legend>{say("rate")}</legend>
          {[1, 2, 3, 4, 5].map((n) => (
            <label class="star">
              <input
                type="radio"
                name="stars"
                class="sr"
                checked={stars === n}
                aria-label={say("star", { n })}
                onChange={() => this.setState({ stars: n })}
              />
              <Star full={n <= stars} />
            </label>
          ))}
        </fieldset>
        {stars > 0 && (
          <>
            <textarea
              rows={2}
              maxLength={500}
              aria-label={say("comment")}
              placeholder={say("comment")}
              value={comment}
              onInput={(event) => this.setState({ comment: event.currentTarget.value })}
            />
            <button type="submit" class="primary" disabled={desk.state.busy}>
              {say("submit")}
            </button>
          </>
        )}
      </form>
    );
  }
}
