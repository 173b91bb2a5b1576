using System.Collections.Immutable;
using System.Data.Common;
using Akka.Actor;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Coordination.WriterMessages;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the coordinator's look into stored studies: which trials one has, and which of their results can no longer be read. Hashing the
/// results of a large study takes a while, so no decision waits for it: it lives on a thread of its own beside the writer's. Persists
/// nothing; a failure stops it, and the coordinator, which watches it, starts over.
/// </summary>
internal sealed class StudyReaderActor : ReceiveActor
{
    public StudyReaderActor(Store store, Func<bool> isStopping)
    {
        Receive<LoadStudy>(load =>
        {
            // A study that is done is looked at by nobody else, so its damaged decisions are made good here.
            if (store.Studies.LastStageOf(load.Hash) is { } last && store.Studies.StagedPlanOf(load.Hash)?.Stages.Length <= last)
            {
                Decide(store, new(load.Hash, last, store.Studies.GivenUpOf(load.Hash)));
            }

            var staged = store.Studies.StagedPlanOf(load.Hash);
            Sender.Tell(new StudyLoaded(
                load,
                store.Studies.Find(load.Hash)?.Name,
                store.Studies.TrialsOf(load.Hash),
                staged is null ? store.Studies.SeedsOfCell(load.Hash) : 0,
                store.Studies.FindDamaged(load.Hash, isStopping))
            {
                Stage = staged is null ? null : StageOf(staged, staged.Stages[^1]),
                Continues = staged is null ? ContinuedOf(store, load.Hash) : [],
            });
        });
        Receive<DecideStage>(decide => Sender.Tell(Decide(store, decide)));
        Receive<CountSeeds>(count => Sender.Tell(new SeedsCounted(count.Hash, store.Studies.SeedsOfCell(count.Hash))));
        Receive<ReadShapes>(read => Sender.Tell(new ShapesRead(read.Hash, StoredShapes.Of(store.Studies, read.Hash))));
        Receive<CheckStudy>(check => Sender.Tell(new StudyChecked(check.Hash, store.Studies.FindDamaged(check.Hash, isStopping))));
    }

    /// <summary>The trials of a study that may begin where finished ones have ended. Those of stages go on by rungs.</summary>
    private static ImmutableArray<ContinuedTrial> ContinuedOf(Store store, string hash)
    {
        if (store.Studies.StoredPlanOf(hash) is not { } plan)
        {
            return [];
        }

        var kin = store.Studies.KinOf(plan.Trials);
        return [.. plan.Trials.Where(trial => kin.ContainsKey(trial.Key))
            .Select(trial => (trial.Key, Beginning: FinishedKin.BeginningOf(trial.Description, kin[trial.Key])))
            .Where(trial => trial.Beginning is not null)
            .Select(trial => new ContinuedTrial(trial.Key, trial.Beginning!.From))];
    }

    /// <summary>
    /// What is in the store already is taken as it is: a coordinator before this one, or somebody outside, decided it. A mistake in here
    /// must not take the coordinator along.
    /// </summary>
    private static StageDecided Decide(Store store, DecideStage decide)
    {
        try
        {
            if (store.Studies.StagedPlanOf(decide.Hash) is not { } plan)
            {
                return new(decide, null, "its stored plan cannot be read");
            }

            // Mostly one: more where stored decisions are damaged, which are then decided again.
            while (plan.Stages.Length <= decide.Number)
            {
                if (StageMachine.Next(plan, new StoredFigures(store.Studies, plan, decide.GivenUp).Of) is not { } decision)
                {
                    return new(decide, null, null);
                }

                var known = plan.Stages.Length;
                plan = store.Studies.SaveStage(plan, decision);
                if (plan.Stages.Length == known)
                {
                    return new(decide, null, "what was decided cannot be stored");
                }
            }

            var next = plan.Stages[decide.Number];
            var before = plan.Stages.Take(decide.Number).Sum(stage => stage.Trials.Length);
            var trials = plan.Trials.Skip(before).Take(next.Trials.Length).Select(trial => trial.Key);
            return new(decide, new(decide.Hash, StageOf(plan, next), [.. trials], StageJson.Write(next)) { Continues = RungTrials.Of(plan, next) }, null);
        }
        catch (LostResultsException lost) when (!lost.Damaged.IsEmpty)
        {
            return new(decide, null, lost.Message) { Damaged = lost.Damaged };
        }
        catch (Exception mistake) when (mistake is not DbException and not IOException and not OutOfMemoryException)
        {
            return new(decide, null, mistake.Message, mistake);
        }
    }

    private static StudyStage StageOf(StudyPlan plan, StageDecision decision) =>
        new(decision.Number, decision.Words, decision.IsLast) { AwaitsProposals = StageMachine.AwaitsProposals(plan), KeepsFinal = RungTrials.MayGoOn(plan, decision) };
}
