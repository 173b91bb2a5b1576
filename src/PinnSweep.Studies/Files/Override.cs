using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>Puts a value of <c>--set</c> into a study before it is checked, so that both are checked by the same rules.</summary>
internal static class Override
{
    private const int MaximumDepth = 16;
    private static readonly string[] BudgetKeys = ["steps", "seconds"];
    private static readonly string[] PurseKeys = ["trials", "seconds"];

    /// <summary>The study with the value at the path.</summary>
    public static SourceNode.Map Apply(SourceNode.Map study, string key, string value, Catalog catalog, MistakeList mistakes)
    {
        var place = new Place($"--set {(key.Length > 60 ? key[..60] + "…" : key)}={(value.Length > 40 ? value[..40] + "…" : value)}".ReplaceLineEndings(" "), 0);
        var path = key.Split('.');
        // Each step is one more level of recursion, here and wherever the study is read.
        if (path.Length > MaximumDepth || path.Any(string.IsNullOrWhiteSpace))
        {
            mistakes.Add(place, "expected KEY=VALUE with a dotted path, for instance budget.steps=500");
            return study;
        }

        var node = SourceReader.Read(value, place.Source, hasLines: false, mistakes);
        return (SourceNode.Map)new Walk(path, place, catalog, mistakes).Set(study, 0, node);
    }

    private sealed record Walk(string[] Path, Place Place, Catalog Catalog, MistakeList Mistakes)
    {
        public SourceNode Set(SourceNode? node, int depth, SourceNode value)
        {
            if (depth == Path.Length)
            {
                return value;
            }

            var step = Path[depth];
            switch (node ?? Absent(depth))
            {
                case SourceNode.Map map:
                    if (depth == 1 && Either(Path[0]) is { } keys && keys.Contains(step))
                    {
                        // A budget is one or the other, so naming one takes the place of the other; so is a purse.
                        map = map.Without(keys.Single(other => other != step));
                    }

                    return map.With(new(step, Place, Set(map.Find(step)?.Value, depth + 1, value)));
                case SourceNode.List list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index):
                    if (index >= list.Items.Count)
                    {
                        Mistakes.Add(Place, $"'{Before(depth)}' has {list.Items.Count} elements, counted from 0; there is no {index}");
                        return list;
                    }

                    return list with { Items = [.. list.Items.Select((item, i) => i == index ? Set(item, depth + 1, value) : item)] };
                case SourceNode.List list when depth == 2 && Path[0] == "factors" && list.Items.Any(item => HasLabel(item, step)):
                    return list with { Items = [.. list.Items.Select(item => HasLabel(item, step) ? Set(item, depth + 1, value) : item)] };
                case SourceNode.List list:
                    return list with { Items = [.. list.Items.Select(item => Set(item, depth, value))] };
                case SourceNode.Scalar kind when IsLevel(depth):
                    return new SourceNode.Map(kind.Place, [new("kind", kind.Place, kind), new(step, Place, Set(null, depth + 1, value))]);
                case SourceNode.Scalar { IsNull: true }:
                    return new SourceNode.Map(Place, [new(step, Place, Set(null, depth + 1, value))]);
                case var other:
                    Mistakes.Add(Place, $"'{Before(depth)}' is {other.Words}, not a map, so there is no '{step}' in it");
                    return other;
            }
        }

        private static string[]? Either(string section) => section switch
        {
            "budget" => BudgetKeys,
            TuneReader.Key => PurseKeys,
            _ => null,
        };

        private static bool HasLabel(SourceNode item, string label) =>
            item is SourceNode.Map map && map.Find(LevelReader.LabelKey)?.Value is SourceNode.Scalar { IsNull: false } given && given.Text == label;

        private string Before(int depth) => string.Join('.', Path.Take(depth));

        private bool IsLevel(int depth) =>
            Path[0] == "factors" && (depth == 2 || (depth == 3 && int.TryParse(Path[2], NumberStyles.None, CultureInfo.InvariantCulture, out _)));

        /// <summary>A factor that the file leaves to the defaults starts from its default kind.</summary>
        private SourceNode Absent(int depth) =>
            depth == 2 && IsLevel(depth) && FactorWords.FromWord(Path[1]) is { } factor && StudyDefaults.Kind(factor, Catalog) is { } kind
                ? new SourceNode.Scalar(Place, kind, Plain: true)
                : new SourceNode.Map(Place, []);
    }
}
