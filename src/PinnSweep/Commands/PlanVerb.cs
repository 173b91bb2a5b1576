using System.CommandLine;
using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>plan</c>: the cells and trials of a study, and why some cells are left out; trains nothing.</summary>
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
        var command = new Command("plan", "Cells, trials and cost of a study, and the cells left out with the reason; trains nothing. Tells how many go on from shorter ones that a store has.") { study, set, allow, store, json, yaml, picture };
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
            await terminal.Out.WriteLineAsync(parsed.GetValue(json) ? PlanJson.Write(plan) : PlanText(plan));
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

        text.Write(spec.IsStaged ? $"to begin with {Cost(plan)}" : Cost(plan));
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

    private static string Cost(StudyPlan plan)
    {
        var estimate = CostEstimate.Of(plan);
        var duration = estimate.Duration(Environment.ProcessorCount) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"; at least {Pace.Clock(time)} with {Environment.ProcessorCount} slots")
            : "";
        return $"cost: {estimate}{duration}";
    }
}
