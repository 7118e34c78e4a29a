NAME        
ROWS
 N  NoObj   
 E  market  
COLUMNS
    purchase_110000  market    1
    purchase_120000  market    1
    purchase_130000  market    1
    sale_110000  market    -1
    sale_120000  market    -1
    sale_130000  market    -1
RHS
ENDATA
