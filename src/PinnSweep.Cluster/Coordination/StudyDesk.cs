using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>What the coordinator does with what people ask of studies, once a study is read.</summary>
/// <param name="batch">Takes the decisions.</param>
/// <param name="reader">Reads studies from the store.</param>
internal sealed class StudyDesk(DecisionBatch batch, IActorRef reader)
{
    // Whoever asks again while a study is still being read is answered with the others.
    private readonly Dictionary<string, List<WriterMessages.LoadStudy>> _loading = new(StringComparer.Ordinal);
    // Studies whose next stage is being decided, and when it may be tried again that failed.
    private readonly Dictionary<string, DateTimeOffset> _deciding = new(StringComparer.Ordinal);
    private bool _areTablesSound;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    public void Load(WriterMessages.LoadStudy load)
    {
        if (_loading.TryGetValue(load.Hash, out var others))
        {
            others.Add(load);
            return;
        }

        _loading[load.Hash] = [load];
        if (_areTablesSound)
        {
            reader.Tell(load);
        }
    }

    /// <summary>What the tables say of a study's results counts only now.</summary>
    public void TrustTables()
    {
        _areTablesSound = true;
        foreach (var waiting in _loading.Values)
        {
            reader.Tell(waiting[0]);
        }

        foreach (var study in batch.State.Studies.Values.Where(study => study is { IsWanted: true, IsSettled: false, Seeds: 0, Stage: null }))
        {
            reader.Tell(new WriterMessages.CountSeeds(study.Hash));
        }

        DecideStages();
    }

    public void NoteSeeds(WriterMessages.SeedsCounted counted)
    {
        if (counted.Seeds > 0 && batch.State.Studies[counted.Hash] is { IsWanted: true } study)
        {
            batch.Decide(new SubmitStudy(study.Hash, study.Name, study.Trials) { Seeds = counted.Seeds });
        }
    }

    public void Submit(WriterMessages.StudyLoaded loaded)
    {
        _loading.Remove(loaded.Asked.Hash, out var asked);
        foreach (var ask in asked!)
        {
            if (loaded.Name is not null)
            {
                batch.Decide(new SubmitStudy(ask.Hash, loaded.Name, loaded.Trials, ask.Placement) { Seeds = loaded.Seeds, Stage = loaded.Stage, Continues = loaded.Continues });
            }

            batch.Say(ask.Asker, new StudyProtocol.StudyAnswer(ask.Hash, loaded.Name is not null));
        }

        GiveBack(loaded.Damaged);
    }

    /// <summary>Has the next stage decided of every study that is done with its last one; what was written before is in the tables then.</summary>
    public void DecideStages()
    {
        foreach (var study in _areTablesSound ? batch.State.Studies.Values.Where(IsDue) : [])
        {
            _deciding[study.Hash] = DateTimeOffset.MaxValue;
            batch.Then(new Followup.Say(reader, new WriterMessages.DecideStage(
                study.Hash, study.Stage!.Number + 1, [.. study.Quarantined == 0 ? [] : study.Trials.Where(key => batch.State.Trials[key].Phase is TrialPhase.Quarantined)])));
        }
    }

    /// <summary>Somebody put the next stage of a study into the store.</summary>
    public void LookForStage(string hash)
    {
        _deciding.Remove(hash);
        DecideStages();
    }

    /// <summary>The next stage is decided; null where it waits for somebody outside.</summary>
    public void Extend(WriterMessages.StageDecided decided, ILogger log)
    {
        if (!decided.Damaged.IsEmpty)
        {
            // Once they are trained again the study is due again.
            _deciding.Remove(decided.Asked.Hash);
            GiveBack(decided.Damaged);
        }
        else if (decided.Failure is { } failure)
        {
            LogEvents.StageFailed(log, decided.Asked.Hash, failure, decided.Cause!);
            _deciding[decided.Asked.Hash] = batch.Now + TryAgainAfter;
        }
        else if (decided.Stage is { } stage)
        {
            _deciding.Remove(decided.Asked.Hash);
            batch.Decide(stage);
            DecideStages();
        }
    }

    private bool IsDue(StudyState study) =>
        study is { AwaitsStage: true, IsPaused: false } && (!_deciding.TryGetValue(study.Hash, out var again) || again <= batch.Now);

    /// <summary>Somebody met a result that cannot be read, so all of its study are looked at.</summary>
    public void Check(string hash)
    {
        if (batch.State.Studies.GetValueOrDefault(hash) is { IsWanted: true } && _areTablesSound)
        {
            reader.Tell(new WriterMessages.CheckStudy(hash));
        }
    }

    /// <summary>Has trained again what the store has lost. Whoever was told of the study in the same batch hears of it with that.</summary>
    public void GiveBack(ImmutableArray<DamagedTrial> damaged)
    {
        foreach (var trial in damaged)
        {
            batch.Decide(new LoseResult(trial.Key, trial.Attempt, trial.What));
        }
    }

    /// <summary>Decides about a study, and answers whether it is known.</summary>
    public void Answer(IActorRef asker, string hash, SweepCommand command) =>
        batch.Say(asker, new StudyProtocol.StudyAnswer(hash, batch.Decide(command).Rejection is null));
}
