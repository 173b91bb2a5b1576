using System.Data.Common;
using Akka.Actor;
using Akka.Pattern;
using Microsoft.Extensions.Logging;
using PinnSweep.Storage;
using PinnSweep.Storage.Alerts;
using PinnSweep.Storage.Coordination;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Owns what is told and its deliveries: a thin shell around <see cref="AlertDecider"/> and <see cref="DeliveryQueue"/>, below the
/// coordinator, on a thread of its own. What is decided is in the store before it is sent, so the next coordinator goes on where this one
/// stopped. A database that is away ends nothing: the same is seen again with the next look.
/// </summary>
internal sealed class AlertActor : ReceiveActor, IWithTimers, IDisposable
{
    // Of machines and workers; what was told of studies is kept as long as they are.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly AlertSettings _settings;
    private readonly Store _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly AlertSender _sender;
    private readonly CancellationTokenSource _end = new();
    private AlertMemory? _memory;
    private DeliveryQueue _queue = DeliveryQueue.Empty;
    private bool _isAway;

    public AlertActor(AlertSettings settings, Store store, TimeProvider clock, ILogger log)
    {
        (_settings, _store, _clock, _log) = (settings, store, clock, log);
        _sender = new(clock);
        Receive<ClusterSight>(sight =>
        {
            NotePlan();
            Look(memory => AlertDecider.Decide(memory, Plan, sight, _clock.GetUtcNow()));
        });
        Receive<LookAtMachine>(_ =>
        {
            // The disk of a PostgreSQL server is not to be seen from here.
            var sight = new MachineSight(store.Place.IsPostgres ? null : DiskSight.Of(store.Path, store.Place.Folder), settings.Certificates());
            Look(memory => AlertDecider.Decide(memory, Plan, sight, _clock.GetUtcNow()));
        });
        Receive<SendDue>(_ => Send());
        Receive<Sent>(End);
        Timers.StartPeriodicTimer("machine", LookAtMachine.Instance, TimeSpan.Zero, settings.MachineEvery);
        Timers.StartPeriodicTimer("send", SendDue.Instance, TimeSpan.Zero, settings.SendEvery);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private AlertPlan Plan => _settings.File.Plan;

    /// <summary>Started again when it fails, for it is nobody's to end over an alert.</summary>
    public static Props Supervised(AlertSettings settings, Store store, TimeProvider clock, ILogger log) => BackoffSupervisor.Props(
        Backoff.OnStop(
            Props.Create(() => new AlertActor(settings, store, clock, log)).WithDispatcher("pinnsweep.store-dispatcher"),
            "alerts",
            minBackoff: TimeSpan.FromSeconds(1),
            maxBackoff: TimeSpan.FromMinutes(1),
            randomFactor: 0.2,
            maxNrOfRetries: -1).WithSupervisorStrategy(Akka.Actor.SupervisorStrategy.StoppingStrategy));

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _sender.Dispose();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _end.Cancel();
        Dispose();
    }

    private void NotePlan()
    {
        switch (_settings.File.Refresh())
        {
            case "":
                LogEvents.AlertFileChanged(_log, string.Join(", ", Plan.Hooks));
                break;
            case { } refusal:
                LogEvents.AlertFileRefused(_log, refusal);
                break;
        }
    }

    private bool Load() => _memory is not null || Stored(() =>
    {
        var now = _clock.GetUtcNow();
        var origin = _store.Alerts.Begin(now);
        _store.Alerts.Forget(now - Kept);
        _queue = DeliveryQueue.Empty.With(_store.Alerts.Pending());
        _memory = AlertMemory.Of(origin, _store.Alerts.Known(), _store.Alerts.Conditions());
    });

    private void Look(Func<AlertMemory, AlertDecision> decide)
    {
        if (!Load())
        {
            return;
        }

        var decision = decide(_memory!);
        var now = _clock.GetUtcNow();
        var raised = decision.Raised.Select(alert => (Alert: Stored(alert, now), Hooks: Plan.For(alert.Event))).ToArray();
        if ((raised.Length > 0 || decision.Changed.Length > 0) && !Stored(() => _store.Alerts.Keep(raised, decision.Changed)))
        {
            return;
        }

        _memory = decision.Memory;
        _queue = _queue.With(raised.SelectMany(one => one.Hooks.Select(hook => new StoredDelivery(one.Alert, hook, 0, now, DeliveryState.Pending, ""))));
        foreach (var alert in decision.Raised)
        {
            LogEvents.AlertRaised(_log, alert.Id, alert.Event.Word(), alert.Text);
        }
    }

    private StoredAlert Stored(Alert alert, DateTimeOffset now) =>
        new(alert.Id, alert.Event.Word(), alert.Study?.Hash ?? "", now, AlertBody.Write(alert, Plan.Cluster, _settings.Node));

    private void Send()
    {
        if (!Load())
        {
            return;
        }

        var now = _clock.GetUtcNow();
        var (queue, old) = _queue.GiveUp(_settings.Times, now);
        _queue = queue;
        foreach (var delivery in old)
        {
            Stored(() => _store.Alerts.Note(delivery));
            LogEvents.AlertGivenUp(_log, delivery.Alert.Id, delivery.Alert.Event, delivery.Hook, delivery.Attempts, delivery.Reason);
        }

        while (_queue.Next(Plan, now) is { } due)
        {
            var (begun, delivery) = _queue.Begin(due, _settings.Times, now);
            if (!Stored(() => _store.Alerts.Note(delivery)))
            {
                return;
            }

            _queue = begun;
            _sender.SendAsync(Plan.Find(due.Hook)!, due.Alert.Id, due.Alert.Body, _end.Token).PipeTo(
                Self,
                success: answer => new Sent(delivery, answer),
                failure: defect => new Sent(delivery, new(false, defect.Message)));
        }
    }

    private void End(Sent sent)
    {
        var (queue, ended) = _queue.End(sent.Delivery, sent.Answer, _settings.Times, _clock.GetUtcNow());
        _queue = queue;
        // Where this is lost the alert is sent once more.
        Stored(() => _store.Alerts.Note(ended));
        if (ended.State == DeliveryState.Delivered)
        {
            LogEvents.AlertDelivered(_log, ended.Alert.Id, ended.Alert.Event, ended.Hook, ended.Attempts);
        }
        else if (ended.Attempts == 1)
        {
            LogEvents.AlertWaits(_log, ended.Alert.Id, ended.Alert.Event, ended.Hook, ended.Reason);
        }
    }

    private bool Stored(Action write)
    {
        try
        {
            write();
            _isAway = false;
            return true;
        }
        catch (Exception refused) when (refused is DbException or StaleCoordinatorException)
        {
            if (!_isAway)
            {
                // Once an outage, not with every try.
                LogEvents.AlertsNotStored(_log, refused);
            }

            _isAway = true;
            return false;
        }
    }

    private sealed record Sent(StoredDelivery Delivery, AlertAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record LookAtMachine : INoSerializationVerificationNeeded
    {
        public static LookAtMachine Instance { get; } = new();
    }

    private sealed record SendDue : INoSerializationVerificationNeeded
    {
        public static SendDue Instance { get; } = new();
    }
}
