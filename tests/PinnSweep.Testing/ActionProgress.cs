namespace PinnSweep.Testing;

/// <summary>Calls a test's own method at once and on the thread that reports, which <see cref="Progress{T}"/> does not.</summary>
public sealed class ActionProgress<T>(Action<T> action) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => action(value);
}
