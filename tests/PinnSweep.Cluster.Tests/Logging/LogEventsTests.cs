using System.Reflection;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Cluster.Tests.Logging;

public sealed class LogEventsTests
{
    [Fact]
    public void No_two_events_have_one_number()
    {
        var numbers = typeof(LogEvents).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(entry => entry.EventId is not null)
            .ToLookup(entry => entry.EventId, entry => entry.Name);

        Assert.True(numbers.Count > 50);
        Assert.Empty(numbers.Where(number => number.Count() > 1).Select(number => string.Join(", ", number)));
    }
}
