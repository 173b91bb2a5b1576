namespace PinnSweep;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutIsLive">Standard output is a terminal whose lines can be drawn again.</param>
/// <param name="ErrorIsLive">The same of standard error.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsLive, bool ErrorIsLive)
{
    public static Terminal Standard()
    {
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new(Console.Out, Console.Error, !Console.IsOutputRedirected && !dumb, !Console.IsErrorRedirected && !dumb);
    }
}
