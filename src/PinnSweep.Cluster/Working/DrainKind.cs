namespace PinnSweep.Cluster.Working;

/// <summary>Why a worker takes nothing new, the stronger the later: a weaker one changes nothing of a stronger.</summary>
internal enum DrainKind
{
    /// <summary>It takes work.</summary>
    None,

    /// <summary>It was told to rest: it stays, and takes work again when it is told so.</summary>
    Rest,

    /// <summary>It was told to end, which can be taken back until its node ends.</summary>
    Order,

    /// <summary>Its node ends, or nothing that it trains could be stored: nobody takes that back.</summary>
    End,
}
