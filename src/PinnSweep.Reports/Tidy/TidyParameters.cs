using System.Security.Cryptography;
using System.Text;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tidy;

/// <summary>
/// The parameters of levels as columns: <c>optimizer.lr</c>, and of maps within one <c>optimizer.decay.rate</c>. A column has numbers, or
/// true and false, where all of its values are such; else text.
/// </summary>
internal static class TidyParameters
{
    /// <summary>What is longer, such as the text of a problem file, stands as a digest: <c>levels.csv</c> has it once.</summary>
    private const int Longest = 200;

    /// <summary>A column for each parameter of any level, factor by factor and by name.</summary>
    /// <param name="spec">The study, whose notes hold parameters that levels leave out.</param>
    /// <param name="trials">The levels of each row; null in a row that is no trial of the study.</param>
    public static IEnumerable<TidyColumn> Columns(StudySpec spec, IReadOnlyList<CellLevels?> trials)
    {
        foreach (var factor in FactorWords.All)
        {
            var known = new Dictionary<Level, Dictionary<string, SpecValue>>();
            var rows = trials.Select(levels => levels is null ? null : Leaves(spec, factor, levels[factor], known)).ToArray();
            yield return new TidyColumn.Words($"{factor.ToWord()}.kind", [.. trials.Select(levels => levels?[factor].Kind)]);
            foreach (var name in known.Values.SelectMany(level => level.Keys).Distinct().Order(StringComparer.Ordinal))
            {
                yield return Column($"{factor.ToWord()}.{name}", [.. known.Values.Select(level => level.GetValueOrDefault(name)).OfType<SpecValue>()], [.. rows.Select(row => row?.GetValueOrDefault(name))]);
            }
        }
    }

    private static TidyColumn Column(string name, SpecValue[] seen, SpecValue?[] values) =>
        seen.All(value => value is SpecValue.Number) ? new TidyColumn.Numbers(name, [.. values.Select(value => (value as SpecValue.Number)?.Value)])
        : seen.All(value => value is SpecValue.Flag) ? new TidyColumn.Flags(name, [.. values.Select(value => (value as SpecValue.Flag)?.Value)])
        : new TidyColumn.Words(name, [.. values.Select(value => value is null ? null : Short(value is SpecValue.Text text ? text.Value : value.Canonical()))]);

    private static Dictionary<string, SpecValue> Leaves(StudySpec spec, Factor factor, Level level, Dictionary<Level, Dictionary<string, SpecValue>> known)
    {
        if (!known.TryGetValue(level, out var leaves))
        {
            known[level] = leaves = new(StringComparer.Ordinal);
            var parameters = spec.NoteOf(factor, level) is { } note ? level.Parameters.Entries.SetItems(note.LeftOut.Entries) : level.Parameters.Entries;
            foreach (var (name, value) in parameters)
            {
                Add(leaves, name, value);
            }
        }

        return leaves;
    }

    private static void Add(Dictionary<string, SpecValue> leaves, string name, SpecValue value)
    {
        if (value is SpecValue.Map map)
        {
            foreach (var (key, inner) in map.Entries)
            {
                Add(leaves, $"{name}.{key}", inner);
            }
        }
        else if (value is not SpecValue.None)
        {
            leaves[name] = value;
        }
    }

    private static string Short(string text) =>
        text.Length <= Longest ? text : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
}
