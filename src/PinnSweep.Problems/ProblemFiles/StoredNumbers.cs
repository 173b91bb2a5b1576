using System.Collections.Immutable;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// The numbers of a table as a definition holds them: themselves where they have room in it, since it travels with every trial; else the hash
/// by which <see cref="LargeTables"/> keeps them.
/// </summary>
internal static class StoredNumbers
{
    private const string Inline = "values";
    private const string Table = "table";
    private const string Count = "numbers";

    /// <summary>A definition's entries with numbers.</summary>
    public static ImmutableSortedDictionary<string, SpecValue> With(ImmutableSortedDictionary<string, SpecValue> entries, double[] numbers)
    {
        // A number has a digit and a comma.
        if (numbers.Length <= ProblemFile.MaximumDefinition / 2 && List(numbers) is var list && list.Canonical().Length <= ProblemFile.MaximumDefinition)
        {
            return entries.Add(Inline, list);
        }

        return Kept(entries, numbers).Entries;
    }

    /// <summary>The same map with its numbers kept elsewhere, where it holds any.</summary>
    public static SpecValue.Map ByHash(SpecValue.Map map) => map.Entries.ContainsKey(Inline) ? Kept(map.Entries.Remove(Inline), Of(map)) : map;

    /// <summary>Entries with the hash of numbers that are kept elsewhere.</summary>
    public static SpecValue.Map Kept(ImmutableSortedDictionary<string, SpecValue> entries, double[] numbers) =>
        new(entries.Add(Table, new SpecValue.Text(LargeTables.Keep(numbers))).Add(Count, new SpecValue.Number(numbers.Length)));

    /// <summary>How many there are; loads nothing.</summary>
    public static int CountOf(SpecValue.Map map) => map.Entries.GetValueOrDefault(Inline) is SpecValue.List list ? list.Items.Length : map.Integer(Count);

    /// <summary>The numbers.</summary>
    /// <exception cref="PinnSweep.Studies.Mistakes.UserMistakeException">They are kept elsewhere, and not here.</exception>
    public static double[] Of(SpecValue.Map map) => map.Entries.GetValueOrDefault(Table) is SpecValue.Text hash
        ? LargeTables.Load(hash.Value)
        : [.. ((SpecValue.List)map.Entries[Inline]).Items.Select(value => ((SpecValue.Number)value).Value)];

    /// <summary>A list of numbers.</summary>
    public static SpecValue.List List(IEnumerable<double> values) => new([.. values.Select(value => new SpecValue.Number(value))]);
}
