using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using PinnSweep.Testing.Hooks;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>
/// A real coordinator with a real store and hooks on loopback that are in trouble: every alert arrives, signed, under one id. The test
/// speaks for a worker.
/// </summary>
[Collection("coordinator")]
public sealed class AlertDeliveryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123";
    private static readonly WorkerIdentity Me = new("tester", "1");

    private readonly TestStore _folder = new();
    private readonly TestLog _log = new(output);
    private readonly HookServer _ops = new();
    private readonly HookServer _chat = new();
    private readonly Ear _ear = new();
    private Store _store = null!;
    private ClusterNode _node = null!;
    private IActorRef _me = null!;

    public async ValueTask InitializeAsync()
    {
        WriteFile("ops", "chat");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ops.Dispose();
        _chat.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_hook_that_fails_and_one_that_never_answers_keep_no_study_from_its_end_nor_each_other()
    {
        var never = new TaskCompletionSource();
        _chat.Before = never.Task;
        var refusals = 0;
        _ops.Status = _ => Interlocked.Increment(ref refusals) <= 3 ? 500 : 200;

        await TrainAsync("one", 1);
        await TrainAsync("two", 2);
        await UntilTakenAsync(_ops, "study-settled", 2);

        Assert.Empty(_chat.Taken);
        Assert.Equal(3, _ops.Refused.Count);
        var ids = _ops.Taken.Select(call => call.Delivery).ToHashSet();
        Assert.Equal(2, ids.Count);
        Assert.Superset(_ops.Refused.Select(call => call.Delivery).ToHashSet(), ids);
        Assert.All(_ops.Taken.Concat(_ops.Refused), call => Assert.Equal(Signature(call), call.Headers["X-PinnSweep-Signature"]));

        never.SetResult();
        await UntilTakenAsync(_chat, "study-settled", 2);
        Assert.Equal(ids, _chat.Taken.Select(call => call.Delivery).ToHashSet());
        await Waiting.UntilAsync(() => _store.Alerts.Pending(), pending => pending.IsEmpty, Waiting.Patience);
    }

    [Fact]
    public async Task A_coordinator_that_dies_between_fact_and_delivery_leaves_the_alert_to_the_next_one()
    {
        _ops.Close();
        await TrainAsync("one", 1);
        var told = await Waiting.UntilAsync(() => _store.Alerts.Pending(), pending => pending.Any(one => one is { Hook: "ops", Attempts: > 0 }), Waiting.Patience);
        await UntilTakenAsync(_chat, "study-settled", 1);

        await CrashAsync();
        _ops.Listen();
        await StartAsync();
        await UntilTakenAsync(_ops, "study-settled", 1);
        await TrainAsync("two", 1);
        await UntilTakenAsync(_chat, "study-settled", 2);
        await UntilTakenAsync(_ops, "study-settled", 2);

        // What one coordinator told, the next one does not tell again.
        Assert.All(_ops.Taken.Where(call => Study(call) == "one"), call => Assert.Equal(told.Single(one => one.Hook == "ops").Alert.Id, call.Delivery));
        // At least once: one that was taken in the moment of the crash comes again under its id.
        Assert.Single(_chat.Taken.Where(call => Study(call) == "one").Select(call => call.Delivery).Distinct());
    }

    [Fact]
    public async Task A_settled_study_that_a_coordinator_had_no_time_to_see_is_told_by_the_next_one()
    {
        await StopAsync();
        WriteFile();
        await StartAsync(lookEvery: TimeSpan.FromDays(1));
        // The first look is at once, and has seen nothing.
        await Waiting.UntilAsync(() => _store.Connections.Query("select id from alert_origin", row => row.GetString(0)), origin => origin.Count == 1, Waiting.Patience);
        await TrainAsync("one", 1);
        await CrashAsync();
        Assert.Empty(Settled());

        WriteFile("ops");
        await StartAsync();
        await UntilTakenAsync(_ops, "study-settled", 1);

        Assert.Equal("Study one is settled: 1 of 1 trials have a result.", Assert.Single(_ops.Taken, call => call.Event == "study-settled").Json.GetProperty("text").GetString());
        Assert.Single(Settled());
    }

    [Fact]
    public async Task A_worker_that_pauses_and_trials_that_nobody_takes_are_told()
    {
        await SayAsync<WorkerRegistered>(new RegisterWorker(Me, new(1, 0), "test", []) { Paused = "the disk is full" });
        Submit("one", 1);
        await UntilTakenAsync(_ops, "machine-fault", 1);
        await UntilTakenAsync(_ops, "no-worker", 1);

        var calls = _ops.Taken.ToDictionary(call => call.Event);
        Assert.Equal(("tester", "the disk is full"), (Fact(calls["machine-fault"], "worker").GetString(), Fact(calls["machine-fault"], "reason").GetString()));
        Assert.Equal((1, 1), (Fact(calls["no-worker"], "waiting").GetInt32(), Fact(calls["no-worker"], "paused").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_changes_is_used_without_a_restart_and_its_secrets_are_in_no_log()
    {
        WriteFile("chat");
        await Waiting.UntilAsync(() => _log.Text, text => text.Contains("the file of alerts has changed and is used: chat at", StringComparison.Ordinal), Waiting.Patience);
        _chat.Status = call => call.Event == "study-settled" && _chat.Refused.Count < 2 ? 503 : 200;
        await TrainAsync("one", 1);
        await UntilTakenAsync(_chat, "study-settled", 1);

        Assert.Empty(_ops.Taken);
        Assert.DoesNotContain(Secret, _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-path", _log.Text, StringComparison.Ordinal);
        Assert.Contains("was not taken by chat and is tried again: answered 503", _log.Text, StringComparison.Ordinal);
    }

    private static string Signature(HookCall call) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{call.Headers["X-PinnSweep-Timestamp"]}.{call.Body}")))}";

    private static string? Study(HookCall call) => call.Json.GetProperty("study").GetProperty("name").GetString();

    private static System.Text.Json.JsonElement Fact(HookCall call, string name) => call.Json.GetProperty("facts").GetProperty(name);

    private static Task<int> UntilTakenAsync(HookServer server, string kind, int count) => Waiting.UntilAsync(
        () => server.Taken.Where(call => call.Event == kind).Select(call => call.Delivery).Distinct().Count(), seen => seen >= count, Waiting.Patience);

    private IReadOnlyList<string> Settled() => _store.Connections.Query("select id from alerts where event = 'study-settled'", row => row.GetString(0));

    private void WriteFile(params string[] hooks)
    {
        // Full disks of the machine that tests are on are not what is tested here.
        var text = string.Concat(hooks.Select(hook =>
            $"  {hook}: {{url: '{(hook == "ops" ? _ops : _chat).Url}', secret: '{Secret}', events: [study-settled, first-quarantine, no-worker, machine-fault]}}\n"));
        var path = Path.Combine(_folder.Folder, "alerts.yaml");
        File.WriteAllText(path, $"no_worker_minutes: 0.1\nhooks:\n{(text.Length == 0 ? "  none: {url: 'http://127.0.0.1:9/', events: [certificate-end]}\n" : text)}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task StartAsync(TimeSpan? lookEvery = null)
    {
        _store = Store.Open(_folder.Path);
        var settings = new CoordinatorSettings(new LeasePolicy(TimeSpan.FromMinutes(1)))
        {
            TickEvery = TimeSpan.FromSeconds(0.1),
            StatusEvery = TimeSpan.FromSeconds(0.1),
            Alerts = new(AlertPlanFile.Load(Path.Combine(_folder.Folder, "alerts.yaml")), "test")
            {
                LookEvery = lookEvery ?? TimeSpan.FromSeconds(0.2),
                SendEvery = TimeSpan.FromSeconds(0.1),
                Times = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5), TimeSpan.FromDays(1)),
            },
        };
        _node = await ClusterNode.StartAsync(new("test", settings, null), _store, _store.Blobs, _log.Factory, TimeProvider.System);
        _me = _ear.In(_node.System);
    }

    private async Task StopAsync()
    {
        await _node.DisposeAsync();
        _store.Dispose();
    }

    private async Task CrashAsync()
    {
        ((ExtendedActorSystem)_node.System).Abort();
        await _node.System.WhenTerminated;
        await StopAsync();
        _store = Store.Open(_folder.Path);
        _store.Dispose();
        _store = Store.OpenForReading(_folder.Path);
    }

    private void Submit(string name, int trials)
    {
        var plan = TestStudies.Plan(name, 10, trials, TestStudies.Calm(name.Length));
        _store.Studies.Save(plan, "text");
        _node.Coordinator.Tell(new StudyProtocol.SubmitRequest(plan.Hash), _me);
    }

    /// <summary>Trains a study to its end, as a worker would.</summary>
    private async Task TrainAsync(string name, int trials)
    {
        await SayAsync<WorkerRegistered>(new RegisterWorker(Me, new(1, 0), "test", []));
        Submit(name, trials);
        for (var trial = 1; trial <= trials; trial++)
        {
            var start = await SayAsync<StartTrial>(new RequestWork(Me, new(1, 0)));
            var report = new Report(Me, trial, start.Attempt, new ReportContent.Finished(new ResultReference(new string('f', 64), 1, Outcome.Stalled, 10, 0.5, 1)));
            await SayAsync<ReportAcknowledged>(report, answer => answer.Number == report.Number);
        }
    }

    private async Task<T> SayAsync<T>(object message, Func<T, bool>? that = null)
    {
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        while (true)
        {
            _node.Coordinator.Tell(message, _me);
            try
            {
                return await _ear.HearAsync(that, TimeSpan.FromSeconds(0.5));
            }
            catch (TimeoutException) when (!deadline.IsCancellationRequested)
            {
                // There is no coordinator yet, or nothing to train.
            }
        }
    }
}
