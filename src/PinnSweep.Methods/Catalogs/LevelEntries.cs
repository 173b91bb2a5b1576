using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Catalogs;

/// <summary>Finds what a level names.</summary>
internal static class LevelEntries
{
    /// <summary>The entry of a level's kind.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static T Find<T>(IEnumerable<T> entries, Func<T, MethodEntry> method, Level level)
    {
        var all = entries.ToList();
        if (all.Find(entry => method(entry).Kind == level.Kind) is { } found)
        {
            return found;
        }

        var factor = method(all[0]).Factor.ToString().ToLowerInvariant();
        var hint = NearestMatch.Hint(level.Kind, all.Select(entry => method(entry).Kind));
        throw new UserMistakeException($"unknown {factor} {NearestMatch.Quote(level.Kind)}{hint}");
    }
}
