using System.CommandLine;
using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Estimates;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>plan</c>: the cells and trials of a study, why some cells are left out, how long it will take and what it leaves on disk.</summary>
internal static class PlanVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StudyArguments.Study();
        var set = StudyArguments.Set();
        var allow = StudyArguments.AllowFolder();
        var store = CommonOptions.Store();
        var json = CommonOptions.Json("The plan as JSON: cells, trials with keys, cells left out with reasons.");
        var yaml = new Option<bool>("--yaml") { Description = "The study file itself, for instance of a built-in study to start from." };
        var picture = new Option<string?>("--picture")
        {
            Description = "Draw domain, sides with their conditions and the points of a first draw: of a study a figure a problem into this folder, of a problem file one into this .svg, .png or .pdf",
            HelpName = "PATH",
        };
        var noProbe = new Option<bool>("--no-probe") { Description = "Train no steps to learn how long a step takes, where the store has no finished trials of the same cells" };
        var command = new Command("plan", "Cells, trials, time and size of a study, and the cells left out with the reason; trains nothing but a second of first steps. Tells how many go on from shorter ones that a store has.") { study, set, allow, store, json, yaml, picture, noProbe };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(picture) is { } drawn)
            {
                await PlanPicture.WriteAsync(parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), parsed.GetRequiredValue(allow), drawn, terminal, interrupts.Stop);
                return ExitCode.Done;
            }

            var source = StudySource.Load(parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), parsed.GetRequiredValue(allow));
            var plan = source.Plan(interrupts.Stop);
            if (parsed.GetValue(yaml))
            {
                await terminal.Document.WriteAsync(source.Text);
                return ExitCode.Done;
            }

            // Said with the notices, and no part of the plan: a store decides nothing of what a study is.
            plan = plan with { Notices = plan.Notices.AddRange(GoingOn.Lines(plan, CommonOptions.StoreOf(parsed, store), parsed.GetValue(store) is not null)) };
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(PlanJson.Write(plan));
                return ExitCode.Done;
            }

            await terminal.Out.WriteAsync(PlanText(plan));
            var isProbed = !parsed.GetValue(noProbe) && plan.Spec.Budget.Steps is not null;
            foreach (var line in await PlanEstimate.LinesAsync(plan, CommonOptions.StoreOf(parsed, store), isProbed, Environment.ProcessorCount, interrupts.Stop))
            {
                await terminal.Out.WriteLineAsync($"{(plan.Spec.IsStaged ? "to begin with " : "")}{line}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One line that says how much there is to train.</summary>
    public static string Summary(StudyPlan plan)
    {
        var spec = plan.Spec;
        var left = plan.NotApplicable.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {plan.NotApplicable.Length} {(plan.NotApplicable.Length == 1 ? "cell" : "cells")} n/a");
        if (spec.IsStaged)
        {
            return StagedSummary.Of(plan) + left;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: {plan.Cells.Length} {(plan.Cells.Length == 1 ? "cell" : "cells")} × {spec.Seeds.Length} {(spec.Seeds.Length == 1 ? "seed" : "seeds")} = {plan.Trials.Length} trials of {spec.Budget}{string.Concat(spec.BudgetExceptions.Select(exception => $", {exception.Budget} for {exception.Cells}"))}{left}");
    }

    private static string PlanText(StudyPlan plan)
    {
        var spec = plan.Spec;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine(Summary(plan));
        text.WriteLine($"metric {spec.Metric}, seeds {string.Join(", ", spec.Seeds)}{(Control(plan) is { } control ? $", control {control}" : "")}, plan {plan.Hash[..12]}");
        text.WriteLine();
        foreach (var (factor, levels) in spec.Factors)
        {
            text.WriteLine($"{factor.ToWord()}: {levels.Length} {(levels.Length == 1 ? "level" : "levels")}");
            foreach (var level in levels)
            {
                text.WriteLine($"  {(spec.NoteOf(factor, level)?.Label is { } label ? $"{label}: " : "")}{level.Kind}{Parameters(PinnCatalog.Instance.Whole(factor, level))}");
                foreach (var line in ProblemFile.Summary(level).Concat(ScaleTable.Of(level)))
                {
                    text.WriteLine($"      {line}");
                }
            }
        }

        if (spec.Methods is { } methods)
        {
            text.WriteLine($"methods: {methods.All.Length}");
            foreach (var method in methods.All)
            {
                text.WriteLine($"  {method.Name}{(methods.Words(method) is { Length: > 0 } words ? $": {words}" : "")}");
            }
        }

        foreach (var line in SpaceText.Of(plan))
        {
            text.WriteLine(line);
        }

        // The cells of a search are its proposals, which stand there already.
        var varying = Varying.Of(plan);
        if (spec.Tune is null)
        {
            text.WriteLine();
            text.WriteLine("cells");
            foreach (var (cell, index) in plan.Cells.Select((cell, index) => (cell, index + 1)))
            {
                text.WriteLine($"{index,5}  {varying.Name(cell.Labels)}");
            }
        }

        foreach (var line in Kept(plan))
        {
            text.WriteLine(line);
        }

        if (!plan.NotApplicable.IsEmpty)
        {
            text.WriteLine();
            text.WriteLine("left out (n/a)");
            foreach (var cell in plan.NotApplicable)
            {
                text.WriteLine($"       {varying.Name(cell.Labels)}: {cell.Reason}");
            }
        }

        text.WriteLine();
        foreach (var notice in plan.Notices)
        {
            text.WriteLine($"notice: {notice}");
        }

        return text.ToString();
    }

    /// <summary>What networks keep by construction, once for each problem and network.</summary>
    private static IEnumerable<string> Kept(StudyPlan plan) => plan.Cells
        .DistinctBy(cell => (cell.Levels.Problem, cell.Levels.Network))
        .Select(cell => (cell.Labels, Terms: PinnCatalog.KeptByConstruction(cell.Levels)))
        .Where(kept => !kept.Terms.IsEmpty)
        .Select(kept => $"       {kept.Labels[Factor.Problem]} with {kept.Labels[Factor.Network]}: {string.Join(", ", kept.Terms)} hold by construction and leave the loss");

    private static string? Control(StudyPlan plan) => plan.Spec.Control is { } control
        ? plan.Cells.FirstOrDefault(cell => cell.Levels[control.Factor] == control.Level)?.Labels[control.Factor] ?? control.Level.Kind
        : null;

    private static string Parameters(Level level)
    {
        var own = level.Parameters.Entries.Where(entry => entry.Key != ProblemFile.DefinitionKey).Select(entry => $"{entry.Key}: {entry.Value.Canonical()}").ToList();
        return own.Count == 0 ? "" : $"  {string.Join(", ", own)}";
    }
}
