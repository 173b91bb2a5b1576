using System.Collections.Immutable;

namespace PinnSweep.Studies.Registration;

/// <summary>One rule of a study, in words that can be compared.</summary>
/// <param name="Name">The key of the study file, for instance <c>seeds</c> or <c>replicate.looks</c>.</param>
/// <param name="Items">What it says; several where it is a set, as the levels of a factor are.</param>
public sealed record PromisedRule(string Name, ImmutableArray<string> Items)
{
    private const int Shown = 160;

    /// <summary>What became of the rule; null where it says the same, in whatever order.</summary>
    internal static string? Difference(string name, PromisedRule? locked, PromisedRule? now)
    {
        var (before, after) = (locked?.Items ?? [], now?.Items ?? []);
        var (left, added) = (before.Except(after).ToList(), after.Except(before).ToList());
        return left.Count == 0 && added.Count == 0 ? null
            : locked is null ? $"{name}: not promised, now {Join(added)}"
            : now is null ? $"{name}: promised {Join(left)}, now absent"
            : before.Length == 1 && after.Length == 1 ? $"{name}: promised {Join(left)}, now {Join(added)}"
            : $"{name}: {string.Join("; ", new[] { left.Count > 0 ? $"left out {Join(left)}" : "", added.Count > 0 ? $"added {Join(added)}" : "" }.Where(part => part.Length > 0))}";
    }

    private static string Join(IReadOnlyCollection<string> items) =>
        string.Join(" | ", items.Select(item => item.Length <= Shown ? item : $"{item[..Shown]}…"));
}
