using Akka.Actor;
using Akka.Configuration;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>A GPU that leaves the machine of a worker, whose trainer then ends in one of the ways in which processes do; the test speaks for the coordinator.</summary>
public sealed class GoneGpuTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestStore _folder = new();
    private readonly Ear _ear = new();
    private readonly TestLog _log = new(output);
    private Store _store = null!;
    private ActorSystem _system = null!;
    private IActorRef _worker = null!;
    private volatile bool _isGone;
    private volatile int _looks;

    public ValueTask InitializeAsync()
    {
        _store = Store.Open(_folder.Path);
        var settings = new WorkerSettings("me", 1, new TrainerLaunch(FakeTrainer.Path, new Dictionary<string, string>()), Path.Combine(_folder.Folder, "work"))
        {
            Devices = [SlotDevice.Of(new(3, "GPU-a", "H200", null))],
            HangTimeout = TimeSpan.FromSeconds(2),
            ListGpus = List,
        };

        _system = ActorSystem.Create("gone", ConfigurationFactory.ParseString("pinnsweep.slot-dispatcher.type = PinnedDispatcher\nakka.stdout-loglevel = OFF"));
        var coordinator = _ear.In(_system);
        var log = _log.Factory.CreateLogger("PinnSweep");
        _worker = _system.ActorOf(Props.Create(() => new WorkerActor(
            settings, coordinator, Ignore, WorkerActor.TrainingSlots(settings, _store.Blobs, log), TimeProvider.System, log)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _system.Dispose();
        _store.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("exit")]
    [InlineData("abort")]
    [InlineData("fail")]
    [InlineData("hang")]
    public async Task However_its_trainer_ends_the_trial_is_not_charged_and_the_gpu_is_taken_out_of_use(string fault)
    {
        // The look that the worker begins with, which would find it gone without any trial.
        await Waiting.UntilAsync(() => _looks > 0, Waiting.Patience, () => "nobody looked for the GPU");
        _isGone = true;

        Start(fault);

        var report = await _ear.HearAsync<Report>();
        Assert.Contains("no fault of the trial: GPU 3 (H200) has left the machine", Assert.IsType<ReportContent.Released>(report.Content).Reason, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => _log.Text.Contains("GPU 3 of worker me is taken out of use", StringComparison.Ordinal), Waiting.Patience, () => _log.Text);
        Assert.Equal(0, _ear.All.OfType<RegisterWorker>().Last().Slots.Gpu);
    }

    [Fact]
    public async Task While_it_is_there_the_same_end_is_the_trial_s_fault()
    {
        Start("exit");

        Assert.IsType<ReportContent.Faulted>((await _ear.HearAsync<Report>()).Content);
        Assert.DoesNotContain("out of use", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_gone_while_nothing_is_trained_there_is_found_out_too()
    {
        _isGone = true;

        await _ear.HearAsync<RegisterWorker>(register => register.Slots.Gpu == 0);
    }

    private static void Ignore(WorkerEvent told)
    {
    }

    private SmiAnswer List()
    {
        _looks++;
        return _isGone ? new(6, "No devices were found\n") : new(0, "GPU 3: H200 (UUID: GPU-a)\n");
    }

    private void Start(string fault)
    {
        var trial = TestStudies.Plan("gone", 10, 1, TestStudies.Scripted(fault, at: 3)).Trials[0];
        _worker.Tell(new StartTrial(1, new(trial.Key, 1), trial.Description.Canonical(), null, Devices.Gpu));
    }
}
