using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Planning;

/// <summary>What the finished trials of a store mean for a plan: which of its trials go on from shorter ones, and why others do not.</summary>
internal static class GoingOn
{
    private static readonly Factor[] Factors = [Factor.Network, Factor.Balancer, Factor.Sampler, Factor.Optimizer, Factor.Time];

    /// <summary>The same for a store that may not be there yet.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="place">The store.</param>
    /// <param name="isNamed">Whether somebody asked for it; what merely could be there is passed by where it cannot be read.</param>
    /// <exception cref="UserMistakeException">It was asked for and cannot be read.</exception>
    public static ImmutableArray<string> Lines(StudyPlan plan, string place, bool isNamed)
    {
        if (!isNamed && !StorePlace.Parse(place).IsPostgres && !File.Exists(place))
        {
            return [];
        }

        try
        {
            using var store = Store.OpenForReading(place);
            return Lines(plan, store.Studies);
        }
        catch (UserMistakeException) when (!isNamed)
        {
            return [];
        }
    }

    /// <summary>Sentences; none where no trial of the plan has a finished kin with fewer steps.</summary>
    public static ImmutableArray<string> Lines(StudyPlan plan, IStudyStore studies)
    {
        // Trials of stages are decided one after another; those of rungs go on by themselves.
        if (plan.Spec.IsStaged)
        {
            return [];
        }

        var kin = studies.KinOf(plan.Trials);
        var trials = plan.Trials.Where(trial => kin.ContainsKey(trial.Key)).Select(trial => (trial.Description, Kin: kin[trial.Key], Beginning: FinishedKin.BeginningOf(trial.Description, kin[trial.Key]))).ToArray();
        return
        [
            .. trials.Where(trial => trial.Beginning is not null)
                .CountBy(trial => (trial.Beginning!.Step, Common: ShorterTrials.CommonPoints(trial.Description, trial.Kin.First(one => one.Key == trial.Beginning.From).EvaluateEvery)))
                .OrderByDescending(group => group.Key.Step)
                .Select(group => Text($"{Trials(group.Value)} of {plan.Trials.Length} {(group.Value == 1 ? "goes" : "go")} on from the end of the same with {group.Key.Step} steps") +
                    (group.Key.Common is { } every ? Text($", and up to there {(group.Value == 1 ? "its curve has" : "their curves have")} a point every {every} steps alone, which both are evaluated at") : "")),
            .. trials.Where(trial => trial.Beginning is null)
                .CountBy(trial => WhyAnew(trial.Description, trial.Kin))
                .OrderByDescending(group => group.Value).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Text($"{Trials(group.Value)} of {plan.Trials.Length} {(group.Value == 1 ? "trains" : "train")} anew, though the same with fewer steps {(group.Value == 1 ? "is" : "are")} finished: {group.Key}")),
        ];
    }

    /// <summary>Why a trial begins at step 0 that has finished kin.</summary>
    public static string WhyAnew(TrialDescription trial, ImmutableArray<FinishedKin> kin)
    {
        if (Factors.Select(factor => PinnCatalog.Instance.WhyBegunAnew(factor, trial.Levels[factor]) is { } reason ? $"{factor.ToWord()} {trial.Levels[factor].Kind} {reason}" : null).OfType<string>().FirstOrDefault() is { } method)
        {
            return method;
        }

        return kin.Where(one => one.IsKept).MaxBy(one => one.Steps) is not { } kept
                ? "the state at their ends was not kept (an earlier version, --no-checkpoints, more than 16 MiB), or they ended before their budget"
            : Text($"a rule of stop_when counts evaluations, and those with {kept.Steps} steps have one every {kept.EvaluateEvery}; --set evaluate_every={kept.EvaluateEvery} goes on");
    }

    private static string Trials(int count) => Text($"{count} {(count == 1 ? "trial" : "trials")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
