namespace PinnSweep.Pages;

/// <summary>Lets an address fail only so often a minute, so that tokens cannot be tried in bulk.</summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    private const int Most = 10;

    // More addresses than this in a minute are no people; then all have to wait.
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private DateTimeOffset _until = clock.GetUtcNow() + Window;

    /// <summary>Whether an address may try.</summary>
    public bool Passes(string address)
    {
        lock (_lock)
        {
            Turn();
            return _failures.GetValueOrDefault(address) < Most && _failures.Count < MostAddresses;
        }
    }

    /// <summary>An address failed.</summary>
    public void NoteFailure(string address)
    {
        lock (_lock)
        {
            Turn();
            _failures[address] = _failures.GetValueOrDefault(address) + 1;
        }
    }

    private void Turn()
    {
        if (clock.GetUtcNow() >= _until)
        {
            _failures.Clear();
            _until = clock.GetUtcNow() + Window;
        }
    }
}
