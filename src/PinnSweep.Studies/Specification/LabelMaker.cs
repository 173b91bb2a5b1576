using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>
/// Makes the labels of a factor's levels with numbers of so many digits; see <see cref="LevelLabels"/> for what they say.
/// </summary>
internal sealed class LabelMaker(Factor factor, IReadOnlyList<Level> levels, Catalog catalog, PlanningWatch watch, int digits)
{
    private readonly Level[] _levels = [.. levels.Select(level => catalog.Whole(factor, level))];

    /// <summary>The labels; where long numbers were shortened, two may be the same.</summary>
    public string[] Make(IReadOnlyList<string?>? given)
    {
        var labels = _levels.Select(level => level.Kind).ToArray();
        foreach (var siblings in Enumerable.Range(0, _levels.Length).GroupBy(index => _levels[index].Kind).Where(group => group.Count() > 1))
        {
            Tell(labels, siblings.Key, [.. siblings]);
        }

        for (var i = 0; i < labels.Length; i++)
        {
            var told = Told(_levels[i]).Where(words => !labels[i].Contains(words, StringComparison.Ordinal)).ToList();
            labels[i] = given?[i] ?? (told.Count > 0 && labels[i].EndsWith(')') ? $"{labels[i][..^1]}, {string.Join(", ", told)})" : Join(labels[i], told));
        }

        return labels;
    }

    /// <summary><c>kind (words, words)</c>.</summary>
    public static string Join(string kind, IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? $"{kind} ({text})" : kind;

    private void Tell(string[] labels, string kind, int[] indices)
    {
        var defaults = catalog.Find(factor, kind)?.Parameters
            .Where(parameter => parameter.Default is not null)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!) ?? [];
        var leaves = Array.ConvertAll(indices, index => Leaves("", _levels[index].Parameters).ToDictionary(leaf => leaf.Path, leaf => leaf.Value));
        var telling = leaves.SelectMany(own => own.Keys).Distinct()
            .Where(path => IsTelling(path, leaves))
            .ToList();
        if (telling.Exists(path => !path.Contains('.', StringComparison.Ordinal)))
        {
            // Constants of a problem file stand beside what they change in its definition; they alone say it.
            telling.RemoveAll(path => path.StartsWith("definition.", StringComparison.Ordinal));
        }

        for (var i = 0; i < indices.Length; i++)
        {
            watch.Check();
            var level = _levels[indices[i]];
            var standard = level.Parameters.Entries.All(entry => defaults.GetValueOrDefault(entry.Key) == entry.Value);
            var isOff = telling.Where(path => leaves[i].GetValueOrDefault(path) is SpecValue.Flag { Value: false } off && off == defaults.GetValueOrDefault(path)).ToHashSet();
            var words = telling
                .Where(path => leaves[i].ContainsKey(path) && !isOff.Contains(path) && (!standard || leaves[i][path] is SpecValue.Text))
                .Select(path => Words(path, leaves[i][path]))
                .ToList();
            if (words.Count == 0 && !standard && isOff.Count == 0)
            {
                // It differs by an entry that only its siblings have, so its label gets the whole parameter.
                var names = telling.Select(path => path.Split('.')[0]).ToHashSet();
                words.AddRange(leaves[i].Where(leaf => names.Contains(leaf.Key.Split('.')[0])).Select(leaf => Words(leaf.Key, leaf.Value)));
            }

            labels[indices[i]] = Join(level.Kind, words);
        }

        if (digits == ShortNumber.All && indices.Select(index => labels[index]).Distinct().Count() < indices.Length)
        {
            foreach (var index in indices)
            {
                labels[index] = Join(_levels[index].Kind, [_levels[index].Parameters.Canonical()]);
            }
        }
    }

    private bool IsTelling(string path, Dictionary<string, SpecValue>[] leaves)
    {
        watch.Check();
        return leaves.Select(own => own.GetValueOrDefault(path)).Distinct().Count() > 1;
    }

    private IEnumerable<string> Told(Level level) => (catalog.Find(factor, level.Kind)?.Parameters ?? [])
        .Where(parameter => parameter.IsTold && level.Parameters.Entries.TryGetValue(parameter.Name, out var value) && value != parameter.Default)
        .Select(parameter => Words(parameter.Name, level.Parameters.Entries[parameter.Name]));

    private static IEnumerable<(string Path, SpecValue Value)> Leaves(string path, SpecValue value) => value is SpecValue.Map map
        ? map.Entries.SelectMany(entry => Leaves(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value))
        : [(path, value)];

    private string Words(string path, SpecValue value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..].Replace('_', ' ');
        return value switch
        {
            SpecValue.Text text => text.Value,
            SpecValue.None or SpecValue.Flag { Value: false } => $"no {name}",
            SpecValue.Flag => name,
            _ => $"{name} {Plain(value)}",
        };
    }

    private string Plain(SpecValue value) => value switch
    {
        SpecValue.List list => string.Join('-', list.Items.Select(Plain)),
        SpecValue.Number number => ShortNumber.Of(number.Value, digits),
        SpecValue.Text text => text.Value,
        SpecValue.Map map when map.Entries.GetValueOrDefault("kind") is SpecValue.Text kind => kind.Value,
        _ => value.Canonical(),
    };
}
