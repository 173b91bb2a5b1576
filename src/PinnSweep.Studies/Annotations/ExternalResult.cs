namespace PinnSweep.Studies.Annotations;

/// <summary>An error that somebody else measured, to stand beside the results of a study and never among them.</summary>
/// <param name="Source">Whose it is: a paper, a group, a program.</param>
/// <param name="Method">What the source calls the method.</param>
/// <param name="Problem">The label of one of the study's problems.</param>
/// <param name="Seed">Tells its runs apart; it has nothing in common with the seeds of the study.</param>
/// <param name="Error">In the metric of the study; finite, not negative.</param>
/// <param name="Seconds">Training time; null where the source does not say.</param>
/// <param name="Note">What a reader should know of the run; null for nothing.</param>
/// <param name="ImportedAt">When it came.</param>
public sealed record ExternalResult(string Source, string Method, string Problem, long Seed, double Error, double? Seconds, string? Note, DateTimeOffset ImportedAt)
{
    /// <summary>What no other result of a study has.</summary>
    public (string Source, string Method, string Problem, long Seed) Identity => (Source, Method, Problem, Seed);

    /// <summary>Whether both say the same, whenever they came.</summary>
    public bool IsSameAs(ExternalResult other) => this with { ImportedAt = other.ImportedAt } == other;
}
