using System.Globalization;
using Akka.Actor;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Wire;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Tests.Coordination;

/// <summary>Lists of workers whose machines have much to say: whatever is asked for, the answer fits into a frame.</summary>
public sealed class WorkerListTests
{
    private const int Frame = 128_000;
    private const int Workers = 400;
    private static readonly SweepSerializer Serializer = new(null!);

    [Fact]
    public void A_page_fits_into_a_frame_and_pages_follow_one_another_without_a_gap()
    {
        var words = new string('x', 500);
        var machine = new MachineFacts(words, 64, 1L << 40, words, words) { Devices = [.. Enumerable.Range(0, 99).Select(index => new DeviceFacts(index, words, 1L << 38))] }.Bounded();
        var pulse = new WorkerPulse(1e6, new(0.5, 1L << 39) { Devices = [.. Enumerable.Range(0, 99).Select(index => new DeviceLoad(index, 1L << 37, 0.5))] }, new(1000, 1e6))
        {
            Packs = [.. Enumerable.Range(0, 99).Select(index => new PackPulse(64 * index, 64, 64, 64) { Gpu = index, Shape = words, Why = words, Trouble = words })],
        }.WithoutPlaces();
        var roster = Roster(machine, pulse);

        var names = new List<string>();
        while (names.Count < Workers)
        {
            var page = CoordinatorAnswers.Of(new ListWorkers(names.Count), CoordinatorState.Empty, roster, DateTimeOffset.UnixEpoch);
            Assert.Equal(Workers, page.Total);
            Assert.NotEmpty(page.Workers);
            Assert.InRange(Serializer.ToBinary(page).Length, 1, Frame);
            Assert.True(Serializer.ToBinary(page).Length <= page.Workers.Sum(worker => worker.Size));
            names.AddRange(page.Workers.Select(worker => worker.Name));
        }

        Assert.Equal(roster.Workers.Select(entry => entry.Worker.Name), names);
    }

    [Fact]
    public void Workers_that_say_nothing_of_their_machines_are_listed_at_once_as_ever()
    {
        var page = CoordinatorAnswers.Of(new ListWorkers(), CoordinatorState.Empty, Roster(null, null), DateTimeOffset.UnixEpoch);

        Assert.Equal(Workers, page.Workers.Length);
    }

    private static WorkerRoster Roster(MachineFacts? machine, WorkerPulse? pulse)
    {
        var roster = new WorkerRoster();
        for (var i = 0; i < Workers; i++)
        {
            roster.Welcome(new RosterEntry(new(string.Create(CultureInfo.InvariantCulture, $"wörker-{i:000}"), "1"), ActorRefs.Nobody, new(4, 4), "0.1.0") { Machine = machine, Pulse = pulse });
        }

        return roster;
    }
}
