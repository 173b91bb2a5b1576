using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Annotations;

/// <summary>What somebody wrote down about a study, or about one of its levels.</summary>
/// <param name="Number">From 1, in the order in which notes came.</param>
/// <param name="At">When it came.</param>
/// <param name="Factor">The factor of the level; null where the note is about the study.</param>
/// <param name="Level">The label of the level; null where the note is about the study.</param>
/// <param name="Text">The note: one line.</param>
public sealed record StudyNote(int Number, DateTimeOffset At, Factor? Factor, string? Level, string Text)
{
    /// <summary>What it is about: <c>balancer relobralo</c>; empty for the study.</summary>
    public string About => Factor is { } factor ? $"{factor.ToWord()} {Level}" : "";
}
