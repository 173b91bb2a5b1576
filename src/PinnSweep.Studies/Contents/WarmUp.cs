using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Contents;

/// <summary>
/// Has the code of records compiled before the first one is there: a process that waits for a trial, or for a trainer, has time for that, and
/// whoever waits for the first result has not.
/// </summary>
public static class WarmUp
{
    /// <summary>Begins on a thread of its own, and returns at once.</summary>
    public static void Begin() => new Thread(static () => PackedResult.Open(PackedResult.Pack(Smallest()))) { IsBackground = true, Name = "warms up" }.Start();

    /// <summary>A record with one of everything that a record has.</summary>
    internal static TrialResult Smallest()
    {
        var point = new CurvePoint(1, 0.5, 0.5, 0.5, [0.5], [1]) { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, 0.5) };
        return new(
            new(new string('0', 64)), "{}", Outcome.Stalled, 1, 1, 0.5, ["residual"], [point],
            ImmutableSortedDictionary<string, int>.Empty.Add("none", 1),
            new("", ImmutableSortedDictionary<string, string>.Empty.Add("none", ""), "", "", [""], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch))
        {
            Notices = [""],
            TermTraits = [new(TermTrait.Residual, 1)],
            StageEnds = [1],
            ReferenceMeanSquare = 1,
            Floor = 1,
            TrivialScores = ImmutableSortedDictionary<string, double>.Empty.Add("zero", 1),
        };
    }
}
