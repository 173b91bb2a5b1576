namespace PinnSweep.Terminals;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutIsLive">Standard output is a terminal whose lines can be drawn again.</param>
/// <param name="ErrorIsLive">The same of standard error.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsLive, bool ErrorIsLive)
{
    // As long as the process; made once the encoding is set.
    private static readonly Lazy<TextWriter> GuardedOut = new(() => new VisibleWriter(Console.Out));
    private static readonly Lazy<TextWriter> GuardedError = new(() => new VisibleWriter(Console.Error));

    /// <summary>Standard error for what draws on it, which escapes what others wrote by itself.</summary>
    public TextWriter Screen { get; init; } = Error;

    /// <summary>Standard output for a file of the user's: to the byte where no terminal reads it.</summary>
    public TextWriter Document { get; init; } = Out;

    public static Terminal Standard()
    {
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new(GuardedOut.Value, GuardedError.Value, !Console.IsOutputRedirected && !dumb, !Console.IsErrorRedirected && !dumb)
        {
            Screen = Console.Error,
            Document = Console.IsOutputRedirected ? Console.Out : GuardedOut.Value,
        };
    }
}
