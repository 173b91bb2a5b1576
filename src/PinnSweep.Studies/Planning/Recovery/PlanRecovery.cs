using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>A study as stores of the schema before 3 keep it: without its plan.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="PackedText">Its file, with overrides and files in front (<see cref="StudyOrigin.Packed"/>).</param>
/// <param name="Trials">Its trials in the order of its plan, each with its stored description.</param>
public sealed record PlanlessStudy(string Hash, string Name, string PackedText, ImmutableArray<(TrialKey Key, string Description)> Trials);

/// <summary>
/// Makes the plan of a stored study again from what the store holds. Levels, seeds and budgets are those of the stored descriptions, keys
/// and hash are the stored ones; the file adds what descriptions do not say (what was left out and why, labels, control, published tables),
/// and only where it plans exactly these trials. The hash of a study pins metric and control, so they are found even where the file can no
/// longer be read.
/// </summary>
public static class PlanRecovery
{
    /// <summary>The plan.</summary>
    /// <param name="study">What the store holds.</param>
    /// <param name="today">The catalog of this program, for what the trials do not tell.</param>
    /// <exception cref="UserMistakeException">The description of a trial cannot be read.</exception>
    public static StudyPlan Of(PlanlessStudy study, Catalog today)
    {
        var descriptions = study.Trials.Select(trial => Read(study, trial.Key, trial.Description)).ToImmutableArray();
        if (descriptions.IsEmpty)
        {
            throw new UserMistakeException($"study '{study.Name}' {study.Hash}: the store holds neither its plan nor its trials");
        }

        var trained = new TrainedCells(descriptions);
        try
        {
            return OfText(study, descriptions, trained, today);
        }
        catch (Exception unreadable)
        {
            // Its results are there, whatever this program makes of the file of another one.
            return OfTrials(study, descriptions, trained, today, unreadable.Message.Split('\n')[0]);
        }
    }

    private static TrialDescription Read(PlanlessStudy study, TrialKey key, string description)
    {
        try
        {
            return TrialDescription.ParseStored(description);
        }
        catch (JsonException broken)
        {
            throw new UserMistakeException(
                $"study '{study.Name}' {study.Hash}: the store holds no plan of it, and the description of its trial {key.Short} cannot be read ({broken.Message}); restore a copy of the store", broken);
        }
    }

    private static StudyPlan OfText(PlanlessStudy study, ImmutableArray<TrialDescription> descriptions, TrainedCells trained, Catalog today)
    {
        var origin = StudyOrigin.Unpack(study.PackedText, $"{study.Name} (as stored)");
        var files = origin.Files.ToLookup(file => file.Key, file => file.Value);
        string Texts(string path) => files[path].FirstOrDefault() ?? throw new UserMistakeException($"{NearestMatch.Quote(path)}: the store holds no such file of the study");

        var silent = SilentCatalog.Of(today, trained.Levels);
        var mistakes = new MistakeList();
        var written = new FactorsReader(StudyFile.Map(origin.Text, origin.FileName, silent, origin.Overrides, mistakes), silent, Texts, mistakes, PlanningWatch.None, SpaceUse.Expand).Read();
        mistakes.ThrowIfAny();
        var earlier = EarlierCatalog.Of(
            today, trained.Levels, written!.ToDictionary(factor => factor.Key, factor => factor.Value.Select(placed => placed.Level).ToImmutableArray()), trained.Contains);
        var first = descriptions[0];
        var spec = StudyFile.Parse(origin.Text, origin.FileName, earlier, origin.Overrides, Texts) with
        {
            Seeds = trained.Seeds,
            Budget = first.Budget,
            EvaluateEvery = first.EvaluateEvery,
            ConvergedBelow = first.ConvergedBelow,
            StopWhen = first.StopWhen,
        };
        var plan = Planner.Plan(spec, earlier);
        if (spec.Name != study.Name || !plan.Trials.Select(trial => trial.Description).SequenceEqual(descriptions))
        {
            throw new UserMistakeException("this program reads other trials in it than were planned");
        }

        return AsStored(plan, study);
    }

    /// <summary>What the trials alone say.</summary>
    private static StudyPlan OfTrials(PlanlessStudy study, ImmutableArray<TrialDescription> descriptions, TrainedCells trained, Catalog today, string why)
    {
        var first = descriptions[0];
        var factors = trained.Levels.ToImmutableSortedDictionary();
        var labels = factors.ToDictionary(
            factor => factor.Key, factor => factor.Value.Zip(LevelLabels.Of(factor.Key, factor.Value, today)).ToDictionary(pair => pair.First, pair => pair.Second));
        var spec = new StudySpec(study.Name, StudyDefaults.Metric, trained.Seeds, factors, [], first.Budget, first.EvaluateEvery, first.ConvergedBelow, null) { StopWhen = first.StopWhen };
        return AsStored(
            new(
                spec,
                study.Hash,
                [.. trained.Cells.Select(levels => new Cell(levels, labels.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value[levels[factor.Key]])))],
                [],
                [.. descriptions.Select((description, position) => new PlannedTrial(study.Trials[position].Key, description, trained.CellOf[position]))])
            {
                Notices =
                [
                    .. today.Notices(trained.Cells),
                    $"the study was stored without its plan, and its file cannot be read as it was ({why}): cells that were left out, published numbers and labels of its own are not told",
                ],
            },
            study);
    }

    /// <summary>With the stored keys and hash, and with metric and control as the hash pins them.</summary>
    private static StudyPlan AsStored(StudyPlan plan, PlanlessStudy study)
    {
        var keys = study.Trials.Select(trial => trial.Key).ToArray();
        var (metric, control) = HashedWords.Of(plan.Spec, study.Hash, keys) ?? (plan.Spec.Metric, plan.Spec.Control);
        return plan with
        {
            Hash = study.Hash,

            // Which values were defaults then is known for a part at most; labels stand in the cells.
            Spec = plan.Spec with { Metric = metric, Control = control, Notes = ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>>.Empty },
            Trials = [.. plan.Trials.Select((trial, position) => trial with { Key = keys[position] })],
        };
    }
}
