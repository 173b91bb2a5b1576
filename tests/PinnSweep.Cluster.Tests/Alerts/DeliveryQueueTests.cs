using PinnSweep.Cluster.Alerts;
using PinnSweep.Storage.Alerts;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>What is sent when, and what becomes of it.</summary>
public sealed class DeliveryQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly AlertAnswer Refused = new(false, "answered 500");
    private static readonly AlertAnswer Taken = new(true, "answered 200");
    private static readonly AlertPlan Plan = new([Hook("a"), Hook("b")]);

    [Fact]
    public void A_hook_is_sent_one_at_a_time_and_keeps_no_other()
    {
        var queue = DeliveryQueue.Empty.With([Delivery("1", "a"), Delivery("2", "a"), Delivery("3", "b"), Delivery("4", "gone")]);

        var begun = new List<string>();
        while (queue.Next(Plan, Start) is { } due)
        {
            begun.Add(due.Alert.Id);
            (queue, _) = queue.Begin(due, DeliveryTimes.Default, Start);
        }

        Assert.Equal(["1", "3"], begun);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest_and_differ_between_alerts()
    {
        var now = Start;
        var queue = DeliveryQueue.Empty.With([Delivery("1", "a")]);
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 15; attempt++)
        {
            Assert.Null(queue.Next(Plan, now - TimeSpan.FromMilliseconds(1)) is { } early && attempt > 1 ? early : null);
            var (begun, delivery) = queue.Begin(queue.Next(Plan, now)!, DeliveryTimes.Default, now);
            (queue, var ended) = begun.End(delivery, Refused, DeliveryTimes.Default, now);
            Assert.Equal((attempt, DeliveryState.Pending, "answered 500"), (ended.Attempts, ended.State, ended.Reason));
            pauses.Add((ended.NextAt - now).TotalSeconds);
            now = ended.NextAt;
        }

        Assert.All(pauses.Select((pause, index) => (Pause: pause, Whole: Math.Min(2 * Math.Pow(2, index), 900))), seen => Assert.InRange(seen.Pause, 0.5 * seen.Whole, seen.Whole));
        Assert.True(Enumerable.Range(0, 50).Select(alert => DeliveryTimes.Default.Pause($"{alert}", "a", 12)).Distinct().Count() > 25);
    }

    [Fact]
    public void A_try_that_nobody_hears_of_is_made_again()
    {
        var queue = DeliveryQueue.Empty.With([Delivery("1", "a")]);
        var (_, begun) = queue.Begin(queue.Next(Plan, Start)!, DeliveryTimes.Default, Start);

        var restarted = DeliveryQueue.Empty.With([begun]);

        Assert.Equal(1, begun.Attempts);
        Assert.Null(restarted.Next(Plan, Start));
        Assert.Equal(begun, restarted.Next(Plan, Start + DeliveryTimes.Default.First));
    }

    [Fact]
    public void A_hook_that_says_when_is_left_alone_until_then()
    {
        var queue = DeliveryQueue.Empty.With([Delivery("1", "a")]);
        var (begun, delivery) = queue.Begin(queue.Next(Plan, Start)!, DeliveryTimes.Default, Start);

        Assert.Equal(Start.AddSeconds(120), begun.End(delivery, Refused with { Wait = TimeSpan.FromSeconds(120) }, DeliveryTimes.Default, Start).Ended.NextAt);
        Assert.Equal(Start.AddMinutes(15), begun.End(delivery, Refused with { Wait = TimeSpan.FromDays(120) }, DeliveryTimes.Default, Start).Ended.NextAt);
    }

    [Fact]
    public void What_is_taken_is_on_its_way_no_longer()
    {
        var queue = DeliveryQueue.Empty.With([Delivery("1", "a")]);
        var (begun, delivery) = queue.Begin(queue.Next(Plan, Start)!, DeliveryTimes.Default, Start);
        var (after, ended) = begun.End(delivery, Taken, DeliveryTimes.Default, Start);

        Assert.Equal(DeliveryState.Delivered, ended.State);
        Assert.Empty(after.Pending);
        Assert.Empty(after.Busy);
    }

    [Fact]
    public void What_is_a_day_old_is_given_up_and_so_is_the_oldest_where_there_is_no_room()
    {
        var queue = DeliveryQueue.Empty.With([Delivery("old", "a") with { Reason = "answered 500" }, Delivery("gone", "elsewhere")]);
        Assert.Empty(queue.GiveUp(DeliveryTimes.Default, Start.AddDays(1) - TimeSpan.FromSeconds(1)).GivenUp);

        var (after, given) = queue.GiveUp(DeliveryTimes.Default, Start.AddDays(1));
        Assert.Empty(after.Pending);
        Assert.Equal([("old", DeliveryState.GivenUp, "answered 500"), ("gone", DeliveryState.GivenUp, "")], given.Select(one => (one.Alert.Id, one.State, one.Reason)));

        var full = DeliveryQueue.Empty.With(Enumerable.Range(0, DeliveryQueue.Room + 2).Select(alert => Delivery($"{alert}", "a")));
        Assert.Equal(["0", "1"], full.GiveUp(DeliveryTimes.Default, Start).GivenUp.Select(one => one.Alert.Id));
    }

    private static AlertHook Hook(string name) => new(name, new($"http://{name}.example/"), null, []);

    private static StoredDelivery Delivery(string alert, string hook) => new(new(alert, "test", "", Start, "{}"), hook, 0, Start, DeliveryState.Pending, "");
}
