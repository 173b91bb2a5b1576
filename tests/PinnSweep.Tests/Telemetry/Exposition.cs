using System.Globalization;
using System.Text.RegularExpressions;

namespace PinnSweep.Tests.Telemetry;

/// <summary>A page of metrics in Prometheus's text format, version 0.0.4, read by its rules.</summary>
internal sealed partial class Exposition
{
    private readonly List<string> _mistakes = [];
    private readonly Dictionary<string, string> _types = [];
    private readonly List<Sample> _samples = [];

    private Exposition(string text)
    {
        var (family, closed) = ("", new HashSet<string>());
        foreach (var line in text.Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                var name = comment.Groups["name"].Value;
                if (comment.Groups["kind"].Value == "TYPE" && !_types.TryAdd(name, comment.Groups["text"].Value))
                {
                    _mistakes.Add($"{name} has two types");
                }

                if (name != family && !closed.Add(name))
                {
                    _mistakes.Add($"the series of {name} do not stand together");
                }

                family = name;
            }
            else if (SampleLine().Match(line) is { Success: true } sample)
            {
                var labels = LabelPair().Matches(sample.Groups["labels"].Value).ToDictionary(pair => pair.Groups["label"].Value, pair => pair.Groups["value"].Value);
                _samples.Add(new(sample.Groups["name"].Value, labels, Number(sample.Groups["value"].Value)));
                if (FamilyOf(sample.Groups["name"].Value) != family)
                {
                    _mistakes.Add($"{sample.Groups["name"].Value} stands under {family}");
                }
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                _mistakes.Add($"no line of the format: {line}");
            }
        }

        if (!text.EndsWith('\n'))
        {
            _mistakes.Add("the last line does not end");
        }

        CheckSeries();
    }

    /// <summary>What breaks the rules.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Families with their types.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyList<Sample> Samples => _samples;

    public static Exposition Parse(string text) => new(text);

    private void CheckSeries()
    {
        foreach (var twice in _samples.GroupBy(sample => sample.ToString()).Where(same => same.Count() > 1))
        {
            _mistakes.Add($"twice: {twice.Key}");
        }

        foreach (var counter in _samples.Where(sample => _types.GetValueOrDefault(sample.Name) == "counter" && !(sample.Value >= 0 && sample.Name.EndsWith("_total", StringComparison.Ordinal))))
        {
            _mistakes.Add($"no counter: {counter} {counter.Value}");
        }

        foreach (var histogram in _types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            foreach (var series in _samples.Where(sample => sample.Name == $"{histogram}_bucket").GroupBy(sample => sample.Without("le")))
            {
                var bounds = series.Select(bucket => Number(bucket.Labels["le"])).ToArray();
                var counts = series.Select(bucket => bucket.Value).ToArray();
                var count = _samples.SingleOrDefault(sample => sample.Name == $"{histogram}_count" && sample.Without("le") == series.Key);
                var sum = _samples.SingleOrDefault(sample => sample.Name == $"{histogram}_sum" && sample.Without("le") == series.Key);
                if (!bounds.SequenceEqual(bounds.Order()) || !counts.SequenceEqual(counts.Order()) || !double.IsPositiveInfinity(bounds[^1]) || count?.Value != counts[^1] || sum is null)
                {
                    _mistakes.Add($"no histogram: {histogram} {series.Key}");
                }
            }
        }
    }

    private string FamilyOf(string series) => _types.ContainsKey(series) ? series : HistogramPart().Replace(series, "");

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\"n])*",?)*)\})? (?<value>\S+)( -?\d+)?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\[\\"n])*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LabelPair();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    /// <summary>One line.</summary>
    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
    {
        /// <summary>Its labels but one.</summary>
        public string Without(string label) =>
            string.Join(',', Labels.Where(pair => pair.Key != label).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

        public override string ToString() => $"{Name}{{{Without("")}}}";
    }
}
