namespace PinnSweep.Studies.Replication;

/// <summary>How α is spread over the looks (Lan and DeMets 1983); <see cref="SpendingWords"/> are its words.</summary>
public enum SpendingFunction
{
    /// <summary>Next to nothing at the first looks, nearly all of α at the last: early decisions need overwhelming evidence.</summary>
    OBrienFleming,

    /// <summary>About evenly: decides large differences earlier, at the price of a stricter last look.</summary>
    Pocock,
}
