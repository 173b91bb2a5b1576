namespace PinnSweep.Cluster.Logging;

/// <summary>What a person needs of a message that somebody else wrote: its first line, without the stack trace that it carries.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    /// <summary>The first line, and of an exception its kind and the first line of its message; at most 300 characters.</summary>
    public static string Of(string message, Exception? exception)
    {
        var line = First(message);
        if (exception is not null && First(exception.Message) is var why && !line.Contains(why, StringComparison.Ordinal))
        {
            line = $"{line} ({exception.GetType().Name}: {why})";
        }

        return line.Length <= Longest ? line : $"{line[..(Longest - 1)]}…";
    }

    private static string First(string text)
    {
        var line = text.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];

        // A trace that was put behind its message without an end of line.
        var trace = line.IndexOf("   at ", StringComparison.Ordinal);
        line = trace < 0 ? line : line[..trace];

        return Words(line).TrimEnd().ToString();
    }

    /// <summary>
    /// What a message says. The actor system says level, time, thread and sender once more: [WARNING][…][Thread 0019][akka://…] what happened.
    /// </summary>
    public static ReadOnlySpan<char> Words(ReadOnlySpan<char> message)
    {
        message = message.TrimStart();
        while (message.StartsWith('[') && message.IndexOf(']') is var close && close >= 0 && close + 1 < message.Length && message[close + 1] is '[' or ' ')
        {
            message = message[(close + 1)..].TrimStart(' ');
        }

        return message;
    }
}
