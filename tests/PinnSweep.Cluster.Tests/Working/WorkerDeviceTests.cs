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

/// <summary>
/// A worker with a GPU and a core; the test speaks for the coordinator, and the trainer only tells which GPU it was shown.
/// </summary>
public sealed class WorkerDeviceTests : IAsyncLifetime
{
    private readonly TestStore _folder = new();
    private readonly Ear _ear = new();
    private Store _store = null!;
    private ActorSystem _system = null!;
    private IActorRef _worker = null!;

    private string Seen => Path.Combine(_folder.Folder, "seen");

    public ValueTask InitializeAsync()
    {
        _store = Store.Open(_folder.Path);
        var script = Path.Combine(_folder.Folder, "tell-device");
        // bash reads this before anything else; then it waits for the trainer's commands, which never come.
        File.WriteAllText(script, $"echo \"$CUDA_VISIBLE_DEVICES\" >> '{Seen}'\n");
        var settings = new WorkerSettings("me", 2, new TrainerLaunch("/bin/bash", new Dictionary<string, string> { ["BASH_ENV"] = script }), Path.Combine(_folder.Folder, "work"))
        {
            Devices = [SlotDevice.Of(new(0, "GPU-a", "A", null)), SlotDevice.Cpu(0)],
        };

        _system = ActorSystem.Create("devices", ConfigurationFactory.ParseString("pinnsweep.slot-dispatcher.type = PinnedDispatcher\nakka.stdout-loglevel = OFF"));
        var coordinator = _ear.In(_system);
        _worker = _system.ActorOf(Props.Create(() => new WorkerActor(
            settings,
            coordinator,
            Ignore,
            WorkerActor.TrainingSlots(settings, _store.Blobs, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _system.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_registers_its_slots_by_kind() =>
        Assert.Equal(new SlotCount(Cpu: 1, Gpu: 1), (await _ear.HearAsync<RegisterWorker>()).Slots);

    [Theory]
    [InlineData("gpu", "GPU-a")]
    [InlineData("cpu", "-1")]
    [InlineData(null, "-1")]
    public async Task A_trial_gets_a_slot_of_the_kind_it_needs_and_its_trainer_sees_that_device_alone(string? device, string visible)
    {
        Start(1, device);
        await _ear.HearAsync<TrialTaken>();

        await Waiting.UntilAsync(() => File.Exists(Seen) && File.ReadAllText(Seen).EndsWith('\n'), Waiting.Patience, () => "the trainer has not started");
        Assert.Equal(visible, File.ReadAllText(Seen).Trim());
    }

    [Fact]
    public async Task A_second_trial_for_the_only_gpu_is_refused_though_a_core_is_free()
    {
        Start(1, "gpu");
        Start(2, "gpu");

        Assert.Equal(2, (await _ear.HearAsync<TrialRefused>()).Attempt.Number);
    }

    private static void Ignore(WorkerEvent told)
    {
    }

    private void Start(int number, string? device)
    {
        var trial = TestStudies.Plan("devices", 10, 1, TestStudies.Calm()).Trials[0];
        _worker.Tell(new StartTrial(1, new(trial.Key, number), trial.Description.Canonical(), null, device));
    }
}
