using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Tests.SeqImport;

/// <summary>Which events the program logs, and which properties each of them has.</summary>
internal static partial class LogVocabulary
{
    /// <summary>What every event has: from the log's configuration, and what the logging library adds.</summary>
    public static IReadOnlySet<string> Everywhere { get; } = new HashSet<string> { "Application", "Version", "Node", "SourceContext", "EventId" };

    /// <summary>The events by name, with their properties.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Events { get; } = Messages.ToDictionary(
        message => message.Method.Name,
        message => (IReadOnlySet<string>)Placeholder().Matches(message.Attribute.Message).Select(match => match.Groups[1].Value).Concat(Everywhere).ToHashSet());

    /// <summary>The methods that log them.</summary>
    public static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Attribute)> Messages =>
        from method in typeof(LogEvents).GetMethods(BindingFlags.Public | BindingFlags.Static)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (method, attribute);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
