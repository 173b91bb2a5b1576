using PinnSweep.Cluster.Working;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class OutboxTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private readonly Outbox _outbox = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    [Fact]
    public void A_report_is_repeated_with_growing_pauses_until_acknowledged()
    {
        Add();

        var repeatedAt = Enumerable.Range(0, 100).Where(tenth => _outbox.Due(Start.AddSeconds(tenth / 10.0)).Count == 1).ToArray();
        Assert.Equal([10, 30, 60, 90], repeatedAt);

        Assert.NotNull(_outbox.Acknowledge(1));
        Assert.True(_outbox.IsEmpty);
        Assert.Empty(_outbox.Due(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Acknowledge_of_an_unknown_number_gives_nothing() => Assert.Null(_outbox.Acknowledge(9));

    [Fact]
    public void Reports_are_repeated_in_the_order_they_were_made()
    {
        Add();
        Add();
        Add();

        Assert.Equal([1, 2, 3], _outbox.Due(Start.AddSeconds(1)).Select(report => report.Number));
    }

    private void Add() => _outbox.Add(
        new(new("w", "1"), _outbox.NextNumber(), new(new(new string('a', 64)), 1), new ReportContent.Released("drain")), Start);
}
