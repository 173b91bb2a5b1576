using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.FakeTrainer;

/// <summary>
/// What a trial does, read from the parameters of its problem level: <c>fault</c> (none, exit, abort, hang, spin, hash, garbage,
/// wrong-trial, fail, oom), <c>at</c> (step), <c>times</c> (attempts that suffer it), <c>pause</c> (milliseconds a step).
/// </summary>
internal sealed record Script(string Fault, int At, int Times, int PauseMilliseconds)
{
    public static Script Of(TrialDescription description)
    {
        var problem = description.Levels.Problem.Parameters.Entries;
        int Number(string name, int otherwise) => problem.TryGetValue(name, out var value) ? (int)((SpecValue.Number)value).Value : otherwise;
        return new(
            problem.TryGetValue("fault", out var fault) ? ((SpecValue.Text)fault).Value : "none",
            Number("at", 0),
            Number("times", int.MaxValue),
            Number("pause", 0));
    }

    public bool Strikes(int attempt, int step) => Fault != "none" && attempt <= Times && step >= At;
}
