namespace PinnSweep.Trainer;

/// <summary>Which attempts train in this process beside one another. Thread-safe.</summary>
/// <param name="lanes">How many it has room for.</param>
internal sealed class Company(int lanes)
{
    private readonly Lock _lock = new();
    private readonly List<Presence> _present = [];

    /// <summary>An attempt begins; it ends when what is returned is disposed.</summary>
    public Presence Enter()
    {
        lock (_lock)
        {
            var presence = new Presence(this);
            _present.Add(presence);
            _present.ForEach(one => one.Beside = Math.Max(one.Beside, _present.Count - 1));
            return presence;
        }
    }

    /// <summary>The time of one attempt.</summary>
    internal sealed class Presence(Company company) : IDisposable
    {
        private volatile int _beside;

        /// <summary>Attempts that the process has room for.</summary>
        public int Lanes => company.Lanes;

        /// <summary>Others that trained meanwhile, at the most at a time.</summary>
        public int Beside
        {
            get => _beside;
            set => _beside = value;
        }

        public void Dispose()
        {
            lock (company._lock)
            {
                company._present.Remove(this);
            }
        }
    }

    private int Lanes => lanes;
}
