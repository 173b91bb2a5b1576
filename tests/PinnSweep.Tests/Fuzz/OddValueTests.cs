using System.Text.Json;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using YamlDotNet.RepresentationModel;

namespace PinnSweep.Tests.Fuzz;

/// <summary>
/// Every value of a good study and of good problem files in turn replaced by every odd one: nothing, an empty text, list or map, a number
/// for a word, a word for a list. Each is planned or refused with words for its author.
/// </summary>
[Collection("fuzz")]
public sealed class OddValueTests
{
    private const string Study = """
        study: odd
        description: all keys
        metric: relative_l2
        seeds: 2
        precision: float64
        factors:
          problem: [helmholtz, {kind: burgers, nu: 0.01}]
          network: [{kind: mlp, hidden: [8, 8]}, {kind: periodic, hidden: [8], harmonics: 2}]
          balancer: [static, {kind: relobralo, temperature: 0.1}]
          sampler: [{kind: uniform, interior: 20, boundary: 10}]
          optimizer: [adam, {kind: phases, phases: [{kind: adam, lr: 0.001, steps: 5}, lbfgs]}]
          time: [none, {kind: windows, count: 2}]
        exclude:
          - {problem: helmholtz, network: {kind: periodic}}
        budget: {steps: 5}
        evaluate_every: 2
        converged_below: 0.05
        control: {balancer: static}
        published:
          - source: a paper
            metric: relative_l2
            statistic: mean
            runs: 3
            budget: 5 steps
            within: 2
            rows:
              - {problem: helmholtz, network: {kind: mlp}, balancer: static, optimizer: adam, time: none, value: 0.1}
        """;

    private static readonly string[] Odd =
    [
        "", "''", "' '", "null", "~", "[]", "{}", "[[]]", "[null]", "['']", "{'': ''}", "{kind: ''}", "{kind: }", "{kind: []}", "{kind: {}}", "{kind: null}", "0", "-1", "1e400", ".nan", "true", "'\\0'", "\"\\0\"", "\"\\u202e\"", "\"a\\nb\"", "2024-01-01", "*", "'𝄞'", "-", "_", ".", "'#'", "0x10", "!!str", "file", "{kind: file, path: ''}",
    ];

    public static TheoryData<string> Files { get; } = ["study", .. ProblemFileExamples.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_odd_value_anywhere_is_planned_or_refused(string name)
    {
        var text = name == "study" ? Study : ProblemFileExamples.Text(name);
        Assert.NotEmpty(Packed(name, text).Plan(2000, PlanningWatch.None).Trials);
        var tried = 0;
        foreach (var (from, to, path) in Values(text))
        {
            foreach (var odd in Odd)
            {
                var changed = $"{text[..from]} {odd} {text[to..]}";
                try
                {
                    Packed(name, changed).Plan(2000, PlanningWatch.None);
                }
                catch (UserMistakeException mistake)
                {
                    Assert.NotEmpty(mistake.Message);
                }
                catch (Exception defect)
                {
                    Assert.Fail($"{name}: {path} = {odd}: {defect}");
                }

                tried++;
            }
        }

        Assert.InRange(tried, 300, 100_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{kind: ''}")]
    [InlineData("''")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public void An_odd_level_on_the_command_line_is_refused(string level) =>
        Assert.All(FactorWords.All, factor => Assert.Throws<UserMistakeException>(() => LevelText.Parse(factor, level, PinnCatalog.Instance, "--x")));

    private static StudySource Packed(string name, string text) => StudySource.Packed(
        name == "study" ? text : $"# --file {JsonSerializer.Serialize((string[])["p.yaml", text])}\nstudy: own\nmetric: residual_l2\nfactors:\n  problem: [{{kind: file, path: p.yaml}}]\nbudget: {{steps: 5}}\n",
        "study.yaml",
        []);

    /// <summary>From where to where each value stands, maps and lists included.</summary>
    private static List<(int From, int To, string Path)> Values(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var values = new List<(int, int, string)>();
        Visit(stream.Documents[0].RootNode, "");
        return values;

        void Visit(YamlNode node, string path)
        {
            // Blocks that end with the line are cut at its end.
            var (from, to) = ((int)node.Start.Index, Math.Min((int)node.End.Index, text.Length));
            while (to > from && char.IsWhiteSpace(text[to - 1]))
            {
                to--;
            }

            values.Add((from, to, path));
            foreach (var (child, name) in node switch
            {
                YamlMappingNode map => map.Children.Select(pair => (pair.Value, ((YamlScalarNode)pair.Key).Value!)),
                YamlSequenceNode list => list.Children.Select((item, index) => (item, $"{index}")),
                _ => [],
            })
            {
                Visit(child, $"{path}.{name}");
            }
        }
    }
}
