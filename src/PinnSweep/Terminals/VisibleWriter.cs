using System.Text;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Terminals;

/// <summary>
/// A terminal that only the program itself can steer: what labels, names of hosts and words of faults hold of escape sequences stands there
/// as text. One place for every command, present and future. Whole texts are written at once, so that lines of several threads do not mix.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    // A half of a pair comes alone: the other half follows.
    public override void Write(char value) => inner.Write(char.IsSurrogate(value) ? value.ToString() : VisibleText.Lines(value.ToString()));

    public override void Write(string? value) => inner.Write(Visible(value));

    public override void Write(char[] buffer, int index, int count) => inner.Write(VisibleText.Lines(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(VisibleText.Lines(new string(buffer)));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Visible(value));

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value) => inner.WriteAsync(Visible(value));

    public override Task WriteAsync(char[] buffer, int index, int count) => inner.WriteAsync(VisibleText.Lines(new string(buffer, index, count)));

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(VisibleText.Lines(new string(buffer.Span)));

    public override Task WriteLineAsync() => inner.WriteLineAsync();

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(Visible(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private static string? Visible(string? text) => text is null ? null : VisibleText.Lines(text);
}
