package mail

// WriteDotted is what stands after DATA.
var WriteDotted = writeDotted
