using System.CommandLine;
using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Terminals;
using PinnSweep.Trainers;

namespace PinnSweep.Commands;

/// <summary><c>train</c>: one trial, no cluster, no store.</summary>
internal static class TrainVerb
{
    private const int DefaultSteps = 2000;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var levels = FactorWords.All.ToDictionary(factor => factor, factor => new Option<string?>($"--{factor.ToWord()}")
        {
            Description = $"As a study file writes it: a kind, or {{kind: …, parameter: …}}. {(LevelText.Default(factor, PinnCatalog.Instance) is { } level ? $"Default: {level.Kind}" : "Required")}",
            HelpName = "LEVEL",
        });
        var steps = new Option<int?>("--steps") { Description = $"Optimizer steps. Default: {DefaultSteps}", HelpName = "N" };
        var seconds = new Option<double?>("--seconds") { Description = "Training time in place of steps", HelpName = "T" };
        var seed = new Option<long>("--seed") { Description = "The replicate: initial weights and points", HelpName = "R", DefaultValueFactory = _ => 1 };
        var engine = new Option<string>("--engine") { Description = "auto, fused, torch, cuda or cuda:N", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
        var json = CommonOptions.Json("The result as one JSON object.");
        var command = new Command("train", "One trial without a cluster; prints the result.");
        foreach (var option in (IEnumerable<Option>)[.. levels.Values, steps, seconds, seed, engine, json])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var description = Describe(
                levels.ToDictionary(option => option.Key, option => parsed.GetValue(option.Value)),
                BudgetOf(parsed.GetValue(steps), parsed.GetValue(seconds)),
                parsed.GetValue(seed));
            var chosen = EngineWord.Of("--engine", parsed.GetRequiredValue(engine), ["auto", "fused", "torch", "cuda"]);
            using var line = new TrainLine(terminal);
            var result = await SingleTrial.TrainAsync(description, chosen, line.Update, line.Note, interrupts.Stop);
            line.Dispose();
            await terminal.Out.WriteLineAsync(parsed.GetValue(json) ? TrainJson.Write(description, result) : Text(description, result));
            return ExitCode.Done;
        });
        return command;
    }

    internal static TrialDescription Describe(IReadOnlyDictionary<Factor, string?> words, Budget budget, long seed)
    {
        var catalog = PinnCatalog.Instance;
        Level Read(Factor factor) => words[factor] is { } text
            ? factor == Factor.Problem && IsFile(text) ? OfFile(text) : LevelText.Parse(factor, text, catalog, $"--{factor.ToWord()}", StudyTexts.Beside("command line").Of)
            : LevelText.Default(factor, catalog)
                ?? throw new UserMistakeException($"--{factor.ToWord()} is required; allowed: {string.Join(", ", catalog.Of(factor).Select(entry => entry.Kind))}");
        var levels = new CellLevels(
            Read(Factor.Problem), Read(Factor.Network), Read(Factor.Balancer), Read(Factor.Sampler), Read(Factor.Optimizer), Read(Factor.Time), PrecisionWords.FromWord(Read(Factor.Precision).Kind)!.Value);
        UnknownNames.Check(catalog, levels);
        return catalog.WhyNotApplicable(levels) is { } reason
            ? throw new UserMistakeException($"this combination cannot be trained: {reason}")
            : new(levels, seed, budget, StudyDefaults.EvaluateEvery(budget), StudyDefaults.ConvergedBelow);
    }

    private static bool IsFile(string problem) =>
        File.Exists(problem) || problem.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || problem.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static Level OfFile(string path)
    {
        var mistakes = new MistakeList();
        var level = ProblemFile.Read(StudyTexts.Read(path, ProblemFile.MaximumBytes, "problem file"), path, [], StudyTexts.Beside(path).Of, mistakes);
        mistakes.ThrowIfAny();
        return level!;
    }

    private static Budget BudgetOf(int? steps, double? seconds) => (steps, seconds) switch
    {
        ({ }, { }) => throw new UserMistakeException("--steps and --seconds: a budget is one or the other"),
        ({ } n, null) when n < 1 => throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--steps {n}: expected a whole number of at least 1")),
        (null, { } t) when !(t > 0 && double.IsFinite(t)) => throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--seconds {t}: expected a number above 0")),
        (null, { } t) => Budget.OfSeconds(t),
        _ => Budget.OfSteps(steps ?? DefaultSteps),
    };

    private static string Number(double value) => double.IsNaN(value) ? "n/a" : value.ToString("0.000e+00", CultureInfo.InvariantCulture);

    internal static string Text(TrialDescription description, TrialResult result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var last = result.Final;
        text.WriteLine($"{description.Levels.Problem.Kind} · {description.Levels.Balancer.Kind} · seed {description.Seed}: {result.Outcome.ToString().ToLowerInvariant()} after {result.Steps} steps in {result.Seconds:0.0} s ({(result.Seconds > 0 ? result.Steps / result.Seconds : 0):0} steps/s)");
        text.WriteLine($"  relative L2  {Number(last.RelativeL2)}");
        text.WriteLine($"  max error    {Number(last.MaxError)}");
        text.WriteLine($"  residual L2  {Number(last.Metrics.GetValueOrDefault(CurvePoint.ResidualL2, double.NaN))}");
        foreach (var (term, loss, weight) in result.Terms.Zip(last.Losses, last.Weights))
        {
            text.WriteLine($"  {term,-12} loss {loss:0.000e+00}  weight {weight:0.000e+00}");
        }

        foreach (var symptom in TrialDiagnosis.Of(result))
        {
            text.WriteLine($"  symptom      {symptom.Rule}: {symptom.Finding}");
            text.WriteLine($"               evidence: {symptom.EvidenceText}");
            text.WriteLine($"               advice: {symptom.Advice}");
        }

        foreach (var notice in result.Notices.Concat(PinnCatalog.Instance.Cautions([TrialDescription.ParseStored(result.Description).Levels])))
        {
            text.WriteLine($"  notice       {notice}");
        }

        text.Write($"  key          {result.Key.Hex}");
        return text.ToString();
    }
}
