using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Published;

/// <summary>Whether a published number was met.</summary>
public enum Verdict
{
    /// <summary>The interval of ours ÷ published lies within the table's factor of practical equivalence.</summary>
    Reproduced,

    /// <summary>It lies outside, on the side of smaller errors.</summary>
    SmallerError,

    /// <summary>It lies outside, on the side of larger errors.</summary>
    LargerError,

    /// <summary>It lies neither inside nor outside, or there is none: so few seeds do not decide.</summary>
    Undecided,

    /// <summary>Our number is not that of the method: no finished trial, or some without a finite error, given up or trivial.</summary>
    NotJudged,
}

/// <summary>The words of tables for <see cref="Verdict"/>.</summary>
public static class VerdictWords
{
    /// <summary>All verdicts.</summary>
    public static IReadOnlyList<Verdict> All { get; } = Enum.GetValues<Verdict>();

    /// <summary><c>reproduced</c>, <c>not reproduced (smaller error)</c>, …</summary>
    public static string ToWord(this Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.SmallerError => "not reproduced (smaller error)",
        Verdict.LargerError => "not reproduced (larger error)",
        Verdict.Undecided => "undecided",
        _ => "not judged",
    };
}

/// <summary>Our errors against a number of others.</summary>
/// <param name="Theirs">The number and how sure it is.</param>
/// <param name="Ours">The same statistic of ours.</param>
/// <param name="Interval">95 % interval of <see cref="Ratio"/>; null where there are too few trials.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Reason">Why nothing is judged; null otherwise.</param>
/// <param name="SeedsToDecide">Of an undecided one, about how many seeds would decide; null where more than
/// <see cref="PinnSweep.Reports.Model.Published.SeedsToDecide.Most"/> or nobody knows.</param>
public sealed record Comparison(PublishedReference Theirs, ErrorEstimate Ours, Interval? Interval, Verdict Verdict, string? Reason, int? SeedsToDecide)
{
    /// <summary>Ours over theirs; NaN without ours.</summary>
    public double Ratio => Ours.Value / Theirs.Estimate.Value;

    /// <summary>Compares finite errors with a number.</summary>
    /// <param name="theirs">The number.</param>
    /// <param name="errors">Our errors.</param>
    /// <param name="equivalence">The factor within which numbers are practically equal.</param>
    /// <param name="hindrance">Why our errors are not those of the method; null where they are.</param>
    public static Comparison Of(PublishedReference theirs, ImmutableArray<double> errors, double equivalence, string? hindrance = null)
    {
        var ours = theirs.OfOurs(errors.AsSpan());
        var interval = ours.RatioTo(theirs.Estimate);
        var reason = hindrance ?? (errors.IsEmpty ? "no finished trial"
            : theirs is { Statistic: PublishedStatistic.Best, Runs: null } ? "best of an unstated number of runs"
            : null);
        var verdict = reason is null ? Judge(interval, equivalence) : Verdict.NotJudged;
        return new(theirs, ours, interval, verdict, reason, verdict == Verdict.Undecided ? Published.SeedsToDecide.Of(theirs, errors.AsSpan(), equivalence) : null);
    }

    /// <summary>What an interval of the ratio says: equivalence has to be shown, and so has its absence (Schuirmann 1987).</summary>
    public static Verdict Judge(Interval? ratio, double equivalence) => ratio switch
    {
        null => Verdict.Undecided,
        { Lower: var lower, Upper: var upper } when lower >= 1 / equivalence && upper <= equivalence => Verdict.Reproduced,
        { Upper: var upper } when upper < 1 / equivalence => Verdict.SmallerError,
        { Lower: var lower } when lower > equivalence => Verdict.LargerError,
        _ => Verdict.Undecided,
    };
}
