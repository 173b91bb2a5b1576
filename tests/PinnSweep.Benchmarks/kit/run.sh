#!/usr/bin/env bash
# bench gpu and its peers on this machine; everything that is printed goes to results.txt (in OUT, else here) as well. Under five minutes.
# Exit code 0: every check passed, whether or not there was a card; the last lines say what needs one.
cd -- "$(dirname -- "$(readlink -f -- "$0")")" || exit 1
results=${OUT:-.}/results.txt
# Whoever has no .NET may have no ICU either.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

peer() {
    if python3 -c "import $2" 2>/dev/null; then
        echo "--- $1"
        timeout 45 python3 "peers/$1.py" 2>&1 | tail -40
    else
        echo "--- $1: no Python here has $2"
    fi
}

summary() {
    echo "--- in short"
    echo "checks: $(grep -c '^ok ' "$results") passed, $(grep -c '^FAILED ' "$results") failed"
    if grep -q '^No card: ' "$results"; then
        cat <<'CARD'
There was no card. What ran is a simulation on the processor, of a few points: it shows that the kernels compute what the engine of cores does, and
that a lane has the same digits in company as alone. What needs a card, and was not shown:
  - that its driver takes the code of the kernels, and opens the device
  - the same checks on the device, for 4x50 and 4x128 at 256 points
  - steps of trials a second with 1 to 512 lanes, float32 and float64, and their share of the card's rate
  - eager PyTorch and JAX on the same card beside them
CARD
    else
        echo "A card was there; the table above is what it did."
    fi
}

{
    date -u
    nvidia-smi 2>/dev/null
    timeout 180 ./bench/PinnSweep.Benchmarks gpu "$@"
    echo "exit code $?"
    peer torch_eager torch
    peer jax_vmap jax
} 2>&1 | tee "$results"
summary | tee -a "$results"
grep -q '^exit code 0$' "$results"
