// The steps of a coder, sent to Python one by one. Joined in front of the desk.

const SLOW = 1000; // ms until it is told that a step is being saved
const PATIENCE = 6000; // ms until it is told that no answer came

/**
 * Sends each step when those before it are done, so that a quick "n 1" is about the next text and
 * not about this one. `tell(state)` is called with "saving" or "silent". Gives {then(make),
 * done(id), hurry()}; `make` gives a step when its time has come.
 */
function inOrder(model, tell) {
  const steps = [];
  let [waiting, slow, patience] = [];

  function advance() {
    if (!steps.length) return;
    waiting = uuid();
    slow = setTimeout(() => tell("saving"), SLOW);
    patience = setTimeout(giveUp, PATIENCE);
    try {
      model.send({ step: waiting, ...steps.shift()() });
    } catch {
      giveUp();
    }
  }

  function settled() {
    clearTimeout(slow);
    clearTimeout(patience);
    waiting = null;
  }

  function giveUp() {
    settled();
    steps.length = 0;
    tell("silent");
  }

  return {
    then(make) {
      steps.push(make);
      if (!waiting) advance();
    },
    done(id) {
      if (id !== waiting) return;
      settled();
      advance();
    },
    /** The desk goes: send all that is left, and wait for nothing. */
    hurry() {
      settled();
      for (const make of steps.splice(0)) model.send({ step: uuid(), ...make() });
    },
  };
}
