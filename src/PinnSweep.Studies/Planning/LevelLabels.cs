using System.Globalization;

namespace PinnSweep.Studies;

/// <summary>What tables call the levels of a factor.</summary>
public static class LevelLabels
{
    /// <summary>
    /// One label a level, no label twice: the kind, and where siblings share it the parameters that tell them apart, for instance
    /// <c>static (boundary 100)</c>. Of siblings, the one with all defaults keeps the bare kind unless a word tells it apart,
    /// and a switch that is off by default is told only where it is on: <c>mlp</c> beside <c>mlp (hard)</c>.
    /// Parameters that are always told (<see cref="Parameter.IsTold"/>) stand there whatever the siblings.
    /// </summary>
    public static IReadOnlyList<string> Of(Factor factor, IReadOnlyList<Level> levels, Catalogue catalogue) => Of(factor, levels, catalogue, PlanningWatch.None);

    /// <summary>The same, ended by whoever watches.</summary>
    /// <exception cref="OperationCanceledException">The planning shall end.</exception>
    /// <inheritdoc cref="Of(Factor, IReadOnlyList{Level}, Catalogue)"/>
    internal static IReadOnlyList<string> Of(Factor factor, IReadOnlyList<Level> levels, Catalogue catalogue, PlanningWatch watch)
    {
        levels = [.. levels.Select(level => catalogue.Whole(factor, level))];
        var labels = levels.Select(level => level.Kind).ToArray();
        foreach (var siblings in Enumerable.Range(0, levels.Count).GroupBy(index => levels[index].Kind).Where(group => group.Count() > 1))
        {
            var indices = siblings.ToArray();
            var defaults = catalogue.Find(factor, siblings.Key)?.Parameters
                .Where(parameter => parameter.Default is not null)
                .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!) ?? [];
            var leaves = Array.ConvertAll(indices, index => Leaves("", levels[index].Parameters).ToDictionary(leaf => leaf.Path, leaf => leaf.Value));
            var telling = leaves.SelectMany(own => own.Keys).Distinct()
                .Where(path => IsTelling(path, leaves, watch))
                .ToList();
            if (telling.Exists(path => !path.Contains('.', StringComparison.Ordinal)))
            {
                // Constants of a problem file stand beside what they change in its definition; they alone say it.
                telling.RemoveAll(path => path.StartsWith("definition.", StringComparison.Ordinal));
            }

            for (var i = 0; i < indices.Length; i++)
            {
                watch.Check();
                var level = levels[indices[i]];
                var standard = level.Parameters.Entries.All(entry => defaults.GetValueOrDefault(entry.Key) == entry.Value);
                var isOff = telling.Where(path => leaves[i].GetValueOrDefault(path) is SpecValue.Flag { Value: false } off && off == defaults.GetValueOrDefault(path)).ToHashSet();
                var words = telling
                    .Where(path => leaves[i].ContainsKey(path) && !isOff.Contains(path) && (!standard || leaves[i][path] is SpecValue.Text))
                    .Select(path => Words(path, leaves[i][path]))
                    .ToList();
                if (words.Count == 0 && !standard && isOff.Count == 0)
                {
                    // What tells it apart is an entry that only its siblings have, so the whole parameter speaks for it.
                    var names = telling.Select(path => path.Split('.')[0]).ToHashSet();
                    words.AddRange(leaves[i].Where(leaf => names.Contains(leaf.Key.Split('.')[0])).Select(leaf => Words(leaf.Key, leaf.Value)));
                }

                labels[indices[i]] = Join(level.Kind, words);
            }

            if (indices.Select(index => labels[index]).Distinct().Count() < indices.Length)
            {
                foreach (var index in indices)
                {
                    labels[index] = Join(levels[index].Kind, [levels[index].Parameters.Canonical()]);
                }
            }
        }

        for (var i = 0; i < labels.Length; i++)
        {
            var told = Told(catalogue.Find(factor, levels[i].Kind), levels[i]).Where(words => !labels[i].Contains(words, StringComparison.Ordinal)).ToList();
            labels[i] = told.Count > 0 && labels[i].EndsWith(')') ? $"{labels[i][..^1]}, {string.Join(", ", told)})" : Join(labels[i], told);
        }

        return labels;
    }

    private static bool IsTelling(string path, Dictionary<string, SpecValue>[] leaves, PlanningWatch watch)
    {
        watch.Check();
        return leaves.Select(own => own.GetValueOrDefault(path)).Distinct().Count() > 1;
    }

    private static IEnumerable<string> Told(MethodEntry? entry, Level level) => (entry?.Parameters ?? [])
        .Where(parameter => parameter.IsTold && level.Parameters.Entries.TryGetValue(parameter.Name, out var value) && value != parameter.Default)
        .Select(parameter => Words(parameter.Name, level.Parameters.Entries[parameter.Name]));

    private static string Join(string kind, IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? $"{kind} ({text})" : kind;

    private static IEnumerable<(string Path, SpecValue Value)> Leaves(string path, SpecValue value) => value is SpecValue.Map map
        ? map.Entries.SelectMany(entry => Leaves(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value))
        : [(path, value)];

    private static string Words(string path, SpecValue value)
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

    private static string Plain(SpecValue value) => value switch
    {
        SpecValue.List list => string.Join('-', list.Items.Select(Plain)),
        SpecValue.Number number => Plain(number.Value),
        SpecValue.Text text => text.Value,
        SpecValue.Map map when map.Entries.GetValueOrDefault("kind") is SpecValue.Text kind => kind.Value,
        _ => value.Canonical(),
    };

    /// <summary>As a person writes it: <c>1e-5</c>, not <c>1E-05</c>.</summary>
    private static string Plain(double number)
    {
        var parts = number.ToString("R", CultureInfo.InvariantCulture).Split('E');
        return parts.Length == 1 ? parts[0] : string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{int.Parse(parts[1], CultureInfo.InvariantCulture)}");
    }
}
