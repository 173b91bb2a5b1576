namespace PinnSweep.Problems.WellPosedness;

/// <summary>Something of a problem that does not fit the rest of it.</summary>
/// <param name="Key">Where it stands: <c>conditions</c>, <c>equations.heat</c>, <c>exact</c>.</param>
/// <param name="Text">What it is, with the remedy.</param>
/// <param name="IsNotice">It may be meant, so it is told and the problem is trained.</param>
public sealed record Flaw(string Key, string Text, bool IsNotice = false);
