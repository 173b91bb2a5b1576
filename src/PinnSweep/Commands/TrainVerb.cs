using System.CommandLine;
using System.Globalization;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Solutions;
using PinnSweep.Storage;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Terminals;
using PinnSweep.Trainers;
using PinnSweep.Training.Solutions;
using PinnSweep.Views;

namespace PinnSweep.Commands;

/// <summary><c>train</c>: one trial, no cluster, no store.</summary>
internal static class TrainVerb
{
    private const int DefaultSteps = 2000;

    public static Command Create(Terminal terminal, Interrupts interrupts, TrainerReserve? trainers)
    {
        var levels = FactorWords.All.ToDictionary(factor => factor, factor => new Option<string?>($"--{factor.ToWord()}")
        {
            Description = $"As a study file writes it: a kind, or {{kind: …, parameter: …}}. {(LevelText.Default(factor, PinnCatalog.Instance) is { } level ? $"Default: {level.Kind}" : "Required")}",
            HelpName = "LEVEL",
        });
        var steps = new Option<int?>("--steps") { Description = $"Optimizer steps. Default: {DefaultSteps}", HelpName = "N" };
        var seconds = new Option<double?>("--seconds") { Description = "Training time in place of steps", HelpName = "T" };
        var seed = new Option<long>("--seed") { Description = "The replicate: initial weights and points", HelpName = "R", DefaultValueFactory = _ => 1 };
        var every = new Option<int?>("--evaluate-every") { Description = "Steps between evaluations on the test grid. Default: a hundredth of the steps", HelpName = "N" };
        var below = new Option<double?>("--converged-below") { Description = FormattableString.Invariant($"The error below which it counts as converged. Default: {StudyDefaults.ConvergedBelow}"), HelpName = "E" };
        var trial = new Option<string?>("--trial") { Description = "Train the trial with this key of the store again, as its study described it, in place of levels, budget and seed", HelpName = "KEY" };
        var store = CommonOptions.Store();
        var engine = new Option<string>("--engine") { Description = "auto, fused, torch, cuda or cuda:N, torch/cuda or torch/cuda:N", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
        var save = new Option<string?>("--save") { Description = "Write the trained network into this folder, for `predict`, `export` and `show`", HelpName = "DIR" };
        var json = CommonOptions.Json("The result as one JSON object.");
        var allow = StudyArguments.AllowFolder();
        var command = new Command("train", "One trial without a cluster; prints the result.");
        foreach (var option in (IEnumerable<Option>)[.. levels.Values, steps, seconds, seed, every, below, trial, store, engine, save, json, allow])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var description = parsed.GetValue(trial) is { } key
                ? Stored(parsed, key, store, [.. levels.Values, steps, seconds, seed, every, below])
                : TrialWords.Describe(
                    levels.ToDictionary(option => option.Key, option => parsed.GetValue(option.Value)),
                    BudgetOf(parsed.GetValue(steps), parsed.GetValue(seconds)),
                    parsed.GetValue(seed),
                    parsed.GetValue(every),
                    parsed.GetValue(below),
                    parsed.GetRequiredValue(allow));
            var chosen = EngineWord.Of("--engine", parsed.GetRequiredValue(engine), ["auto", "fused", "torch", "torch/cuda", "cuda"]);
            var target = parsed.GetValue(save);
            if (target is not null)
            {
                StudyArguments.RequireWritable(target);
            }

            using var line = new TrainLine(terminal, TimeProvider.System);
            var (result, network) = await SingleTrial.TrainAsync(TrainerProgram.Launch() with { Reserve = trainers }, description, chosen, target is not null, line.Update, line.Note, interrupts.Stop);
            line.Dispose();
            if (target is not null)
            {
                await terminal.Error.WriteLineAsync(network is null
                    ? "No network was saved: the training diverged, and nothing finite is left of it."
                    : $"network: {await SaveAsync(target, result, network)}");
            }

            await terminal.Out.WriteLineAsync(parsed.GetValue(json) ? TrainJson.Write(description, result) : Text(description, result));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> SaveAsync(string folder, TrialResult result, byte[] network)
    {
        var path = Path.Combine(folder, $"{result.Key.Short}{NetworkFile.Extension}");
        await WholeFile.WriteAsync(path, file => file.WriteAsync(network).AsTask());
        return path;
    }

    private static TrialDescription Stored(ParseResult parsed, string key, Option<string?> place, IEnumerable<Option> others)
    {
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UserMistakeException($"{given.Name} and --trial: the stored trial has its own; name one of the two");
        }

        using var store = Store.OpenForReading(CommonOptions.StoreOf(parsed, place));
        var trial = TrialLookup.Of(store, key);
        return TrialDescription.Parse(store.Studies.DescriptionsOf([trial])[trial]);
    }

    private static Budget BudgetOf(int? steps, double? seconds) => (steps, seconds) switch
    {
        ({ }, { }) => throw new UserMistakeException("--steps and --seconds: a budget is one or the other"),
        ({ } n, null) when n < 1 => throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--steps {n}: expected a whole number of at least 1")),
        (null, { } t) when !(t > 0 && double.IsFinite(t)) => throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--seconds {t}: expected a number above 0")),
        (null, { } t) => Budget.OfSeconds(t),
        _ => Budget.OfSteps(steps ?? DefaultSteps),
    };

    /// <summary>The errors of the outputs, where there are several: one that is small beside the others may be all wrong.</summary>
    private static string OfOutputs(CurvePoint last)
    {
        const string Prefix = "relative_l2/";
        var outputs = last.Metrics.Where(metric => metric.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(metric => $"{metric.Key[Prefix.Length..]} {Number(metric.Value)}").ToList();
        return outputs.Count < 2 ? "" : $" ({string.Join(", ", outputs)})";
    }

    private static string Number(double value) => double.IsNaN(value) ? "n/a" : value.ToString("0.00e0", CultureInfo.InvariantCulture);

    internal static string Text(TrialDescription description, TrialResult result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var last = result.Final;
        text.WriteLine($"{description.Levels.Problem.Kind} · {description.Levels.Balancer.Kind} · seed {description.Seed}: {result.Outcome.ToString().ToLowerInvariant()} after {result.Steps} steps in {result.Seconds:0.0} s ({(result.Seconds > 0 ? result.Steps / result.Seconds : 0):0} steps/s)");
        text.WriteLine($"  relative L2  {Number(last.RelativeL2)}{OfOutputs(last)}");
        text.WriteLine($"  max error    {Number(last.MaxError)}");
        text.WriteLine($"  residual L2  {Number(last.Metrics.GetValueOrDefault(CurvePoint.ResidualL2, double.NaN))}");
        foreach (var (term, loss, weight) in result.Terms.Zip(last.Losses, last.Weights))
        {
            text.WriteLine($"  {term,-12} loss {loss:0.00e0}  weight {weight:0.00e0}");
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
