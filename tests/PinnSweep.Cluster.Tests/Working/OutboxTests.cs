using PinnSweep.Cluster.Working;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class OutboxTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private Outbox _outbox = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    [Fact]
    public void A_report_is_repeated_with_growing_pauses_until_acknowledged()
    {
        Add();

        var repeatedAt = Enumerable.Range(0, 100).Where(tenth => Repeat(Start.AddSeconds(tenth / 10.0)) == 1).ToArray();
        Assert.Equal([10, 30, 60, 90], repeatedAt);

        Assert.NotNull(_outbox.Find(1));
        _outbox = _outbox.Acknowledge(1);
        Assert.True(_outbox.IsEmpty);
        Assert.Empty(_outbox.Due(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void What_was_acknowledged_is_found_no_more_and_another_number_changes_nothing()
    {
        Add();

        Assert.NotNull(_outbox.Acknowledge(9).Find(1));
        Assert.Null(_outbox.Acknowledge(1).Find(1));
    }

    [Fact]
    public void Numbers_are_not_used_again()
    {
        Add();
        _outbox = _outbox.Acknowledge(1);

        Assert.Equal(2, _outbox.NextNumber);
    }

    [Fact]
    public void Reports_are_repeated_in_the_order_they_were_made()
    {
        Add();
        Add();
        Add();

        Assert.Equal([1, 2, 3], _outbox.Due(Start.AddSeconds(1)).Select(report => report.Number));
    }

    private void Add() => _outbox = _outbox.Add(
        new(new("w", "1"), _outbox.NextNumber, new(new(new string('a', 64)), 1), new ReportContent.Released("drain")), Start);

    private int Repeat(DateTimeOffset now)
    {
        var due = _outbox.Due(now).ToArray();
        _outbox = due.Aggregate(_outbox, (outbox, report) => outbox.Repeat(report.Number, now));
        return due.Length;
    }
}
