using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Methods.Time;

/// <summary>All levels of the factor time, one line each.</summary>
internal static class TimeCatalog
{
    /// <summary>The methods in alphabetical order of their names.</summary>
    public static ImmutableArray<TimeEntry> All { get; } =
    [
        CausalWeights.Entry,
        Curriculum.Entry,
        AllAtOnce.Entry,
        TimeWindows.Entry,
    ];

    /// <summary>The entry of a level's kind.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static TimeEntry Find(string kind) =>
        All.FirstOrDefault(entry => entry.Method.Kind == kind)
        ?? throw new UserMistakeException($"unknown time {NearestMatch.Quote(kind)}{NearestMatch.Hint(kind, All.Select(entry => entry.Method.Kind))}");
}
