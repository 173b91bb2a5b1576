using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>catalog</c>: what a study may name, with parameters, defaults and sources.</summary>
internal static class CatalogVerb
{
    private const string StudiesWord = "studies";
    private const string ExampleWord = "problem-file";
    private static readonly string[] Parts = [.. FactorWords.All.Select(FactorWords.ToPlural), StudiesWord];
    private static readonly string[] Formats = ["text", "json", "md"];
    private static readonly string[] Words = [.. Parts, ExampleWord, .. ProblemFileExamples.Names.Where(name => name != "example").Select(name => $"{ExampleWord}-{name}")];

    public static Command Create(Terminal terminal)
    {
        var what = new Argument<string[]>("WHAT") { Description = $"{string.Join(", ", Parts)}; separated by commas or blanks; all when absent. Or one of {string.Join(", ", Words.Except(Parts))}: a problem file to start from", Arity = ArgumentArity.ZeroOrMore };
        var json = CommonOptions.Json("The catalog as JSON, as --format json.");
        var format = new Option<string?>("--format") { Description = $"{string.Join(", ", Formats)}; md is the page docs/methods.md. Default: text", HelpName = "FORMAT" };
        var command = new Command("catalog", "What can be put in a study, with parameters, defaults and sources.") { what, json, format };
        command.SetAction(parsed =>
        {
            var form = FormatOf(parsed.GetValue(format), parsed.GetValue(json));
            var chosen = (parsed.GetValue(what) ?? []).SelectMany(words => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(word => Choice.Of("part of the catalog", word, Words)).ToList();
            if (chosen is [var example] && !Parts.Contains(example))
            {
                terminal.Out.Write(ProblemFileExamples.Text(example == ExampleWord ? "example" : example[(ExampleWord.Length + 1)..]));
                return ExitCode.Done;
            }

            if (chosen.Count == 0)
            {
                chosen = [.. Parts];
            }

            var factors = FactorWords.All.Where(factor => chosen.Contains(factor.ToPlural())).ToList();
            var studies = chosen.Contains(StudiesWord);
            terminal.Out.Write(form switch
            {
                "json" => Json(factors, studies),
                "md" => CatalogMarkdown.Write(PinnCatalog.Instance, factors, studies ? [.. Plans()] : []),
                _ => Text(factors, studies),
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static string FormatOf(string? word, bool isJson) => (word, isJson) switch
    {
        (null, _) => isJson ? "json" : "text",
        (not "json", true) => throw new UserMistakeException($"--json and --format {word} contradict each other"),
        _ => Choice.Of("format of the catalog", word, Formats),
    };

    private static IEnumerable<StudyPlan> Plans() => BuiltInStudies.Names.Select(name => StudySource.Load(name, []).Plan());

    private static string Json(IReadOnlyList<Factor> factors, bool studies)
    {
        var json = (JsonObject)JsonNode.Parse(CatalogJson.Write(PinnCatalog.Instance, factors))!;
        foreach (var entry in json[Factor.Problem.ToPlural()]?.AsArray() ?? [])
        {
            ProblemFacts.Of(entry!["kind"]!.GetValue<string>(), isMeasured: true)?.AddTo((JsonObject)entry);
        }

        if (studies)
        {
            json[StudiesWord] = new JsonArray([.. BuiltInStudies.Names.Select(name => (JsonNode)name)]);
        }

        return json.ToJsonString(TrainerProtocol.Json) + Environment.NewLine;
    }

    private static IEnumerable<string> FactsOf(MethodEntry entry) => entry.Factor == Factor.Problem ? ProblemFacts.Of(entry.Kind, isMeasured: true)?.Lines() ?? [] : [];

    private static string Text(IReadOnlyList<Factor> factors, bool studies)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var factor in factors)
        {
            text.WriteLine(factor.ToPlural());
            foreach (var entry in PinnCatalog.Instance.Of(factor))
            {
                text.WriteLine($"  {entry.Kind}");
                text.WriteLine($"      {entry.Summary}");
                text.WriteLine($"      Source: {entry.Source}");
                if (entry.Notice is { } notice)
                {
                    text.WriteLine($"      Notice: {notice}");
                }

                if (entry.DefaultsCaution is { } caution)
                {
                    text.WriteLine($"      Defaults: {caution}");
                }

                foreach (var line in FactsOf(entry))
                {
                    text.WriteLine($"      {line}");
                }

                foreach (var parameter in entry.Parameters)
                {
                    text.WriteLine($"      {parameter.Name}: {(parameter.Default is null ? "required" : parameter.Default.Canonical())}  ({TypeWords.Of(parameter.Type)}) {parameter.Summary}");
                }
            }

            text.WriteLine();
        }

        if (studies)
        {
            text.WriteLine(StudiesWord);
            foreach (var plan in Plans())
            {
                text.WriteLine($"  {PlanVerb.Summary(plan)}");
                if (plan.Spec.Description is { } description)
                {
                    text.WriteLine($"      {description.ReplaceLineEndings(" ").Trim()}");
                }

                foreach (var table in plan.Spec.Published)
                {
                    text.WriteLine($"      Published: {table.Source}");
                }
            }
        }

        return text.ToString();
    }
}
